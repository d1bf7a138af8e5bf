/**
 * What a run makes of its table before it looks: the partitions that its options leave, or what its query answers. Glue takes
 * Spark's SQL; here it is read as Athena's, and what that does not have fails the run with its reason.
 * https://docs.aws.amazon.com/glue/latest/webapi/API_DataQualityGlueTable.html
 */
import { customStatement, whereSql } from '../../../../../lib/languages/dqdl/own-sql.ts';
import type { TableColumn } from '../../../../../lib/languages/dqdl/plan.ts';
import { RuleError } from '../../../../../lib/languages/dqdl/rule-error.ts';
import { quoteName } from '../../../../../lib/languages/dqdl/sql-text.ts';
import { type DataSource, queryOf, tableOf } from './data-source.ts';
import { QualityRunFailure } from './quality-run.ts';
import type { TableReader } from './table-reader.ts';

export interface PreparedRows {
  /** Undefined where the table is looked at as it is. */
  prepared?: string;
  columns: TableColumn[];
}

/** A query names the table as it is called, as `database.table`, or as `primary`. */
export async function prepareRows(
  source: DataSource,
  columns: TableColumn[],
  reader: TableReader,
): Promise<PreparedRows> {
  const prepared = preparedSql(source, columns);
  if (prepared === undefined) return { columns };
  return { prepared, columns: queryOf(source) === undefined ? columns : await columnsOfQuery(prepared, reader) };
}

function preparedSql(source: DataSource, columns: TableColumn[]): string | undefined {
  const { DatabaseName, TableName, AdditionalOptions: options = {} } = tableOf(source);
  const query = queryOf(source);
  const predicates = [options.pushDownPredicate, options.catalogPartitionPredicate].filter((one) => one !== undefined);
  if (query === undefined && predicates.length === 0) return undefined;
  if (query !== undefined && predicates.length > 0)
    throw new QualityRunFailure(
      'AdditionalOptions beside a PreProcessingQuery are not supported: put the condition into the query.',
    );
  const all = `SELECT * FROM ${quoteName(DatabaseName)}.${quoteName(TableName)}`;
  try {
    if (query !== undefined) return customStatement(query, all, 'PreProcessingQuery');
    return `${all} WHERE ${predicates.map((predicate) => whereSql(predicate, columns)).join(' AND ')}`;
  } catch (error) {
    if (error instanceof RuleError) throw new QualityRunFailure(error.message);
    throw error;
  }
}

async function columnsOfQuery(sql: string, reader: TableReader): Promise<TableColumn[]> {
  const names = (await answer(reader, `SELECT * FROM (${sql}) "primary" LIMIT 0`)).columns;
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) throw new QualityRunFailure(`PreProcessingQuery answers two columns called ${double}.`);
  const types = names.map((name) => `typeof("primary".${quoteName(name)})`).join(', ');
  // A row there must be for its types to be asked for.
  const typed = `SELECT ${types} FROM (VALUES 1) "one" ("of") LEFT JOIN (${sql}) "primary" ON true LIMIT 1`;
  const [row = []] = (await answer(reader, typed)).rows;
  return names.map((name, index) => ({ name, type: row[index] ?? 'varchar' }));
}

async function answer(reader: TableReader, sql: string) {
  const { query } = await reader.answerAll([{ id: 'query', sql }]);
  if (!query || 'error' in query) throw new QualityRunFailure(`PreProcessingQuery: ${query?.error ?? 'no answer'}`);
  return query;
}
