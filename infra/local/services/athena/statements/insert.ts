import { SqlError } from '../../../../../lib/languages/trino-sql/sql-error.ts';
import type { Statement } from '../../../../../lib/languages/trino-sql/statement.ts';
import type { ResultColumn, TableColumn, WrittenColumn, WrittenFormat } from '../../../engine/task.ts';
import type { Table } from '../../glue/catalog-schemas.ts';
import { addPartitions } from '../parquet-table.ts';
import { findS3Location } from '../s3-location.ts';
import type { Outcome, StatementContext } from '../statement-context.ts';
import { tableFormat } from '../table-format.ts';
import { isView } from '../view.ts';
import { partitionLocation } from './create-table-as.ts';
import { listing } from './listing.ts';
import { describeQuery, writeQuery, writtenFormat } from './write-query.ts';

/** https://docs.aws.amazon.com/athena/latest/ug/insert-into.html */
export async function insert(
  statement: Extract<Statement, { type: 'INSERT' }>,
  context: StatementContext,
): Promise<Outcome> {
  const table = context.access.getTable(statement.table, context.execution.database);
  const place = findS3Location(table.StorageDescriptor?.Location);
  if (isView(table) || !place) throw new SqlError('NOT_SUPPORTED', 'Inserting into views is not supported');
  const files = filesOf(table);
  const source = await describeQuery(statement.query, context);
  const columns = matchColumns(table, statement.columns, source);
  const partitionBy = (table.PartitionKeys ?? []).map((key) => key.Name);
  const written = await writeQuery({ query: statement.query, columns, partitionBy, files, place }, context);
  await addNewPartitions(table, written.partitions, context);
  const { rowCount: updateCount, scannedBytes, planningMs, engineMs, files: put } = written;
  return { ...listing(['rows']), updateCount, scannedBytes, planningMs, engineMs, written: put };
}

/** New files are of the kind that the table reads. */
function filesOf(table: Table): WrittenFormat {
  const format = tableFormat(table.StorageDescriptor ?? {}, table.Parameters);
  const compression = String(table.Parameters?.write_compression ?? 'GZIP');
  switch (format.type) {
    case 'parquet':
      return writtenFormat({ compression: table.Parameters?.['parquet.compression'] ?? compression });
    case 'json':
      return writtenFormat({ format: 'JSON', compression });
    case 'csv':
      if (format.quote !== '')
        throw new SqlError('NOT_SUPPORTED', 'Inserting into tables of OpenCSVSerde is not supported');
      return writtenFormat({ format: 'TEXTFILE', field_delimiter: format.delimiter, compression });
    default:
      throw new SqlError('NOT_SUPPORTED', 'Inserting into tables of RegexSerDe or GrokSerDe is not supported');
  }
}

/** All columns of the table, each with the query's column that fills it. */
function matchColumns(table: Table, named: string[] | undefined, source: ResultColumn[]): WrittenColumn[] {
  const columns: TableColumn[] = [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])].map(
    (column) => ({
      name: column.Name,
      type: column.Type ?? 'string',
    }),
  );
  const targets = named ?? columns.map((column) => column.name);
  const unknown = targets.find((name) => !columns.some((column) => column.name === name));
  if (unknown) throw new SqlError('COLUMN_NOT_FOUND', `Insert column name does not exist in target table: ${unknown}`);
  const isMatch =
    targets.length === source.length &&
    source.every((column, index) =>
      fits(
        column,
        columns.find(({ name }) => name === targets[index]),
      ),
    );
  if (!isMatch) {
    const wanted = targets.map((name) => columns.find((column) => column.name === name)?.type);
    const message = `Insert query has mismatched column types: Table: [${wanted.join(', ')}], Query: [${source.map((column) => column.fullType).join(', ')}]`;
    throw new SqlError('TYPE_MISMATCH', message);
  }
  return columns.map((column) => ({
    ...column,
    source: named ? sourceOf(named, column.name) : targets.indexOf(column.name),
  }));
}

function sourceOf(named: string[], column: string): number | undefined {
  const index = named.indexOf(column);
  return index < 0 ? undefined : index;
}

const NUMBERS = ['tinyint', 'smallint', 'int', 'bigint', 'float', 'double', 'decimal'];

/** Trino widens numbers, gives NULL any type, and casts nothing else on insert. */
function fits(source: ResultColumn, target: TableColumn | undefined): boolean {
  if (!target) return false;
  if (source.type === 'unknown') return true;
  const [from, to] = [source.hiveType ?? '', target.type.toLowerCase()].map((type) => type.replace(/\(.*$/, ''));
  const order = [NUMBERS.indexOf(from as string), NUMBERS.indexOf(to as string)] as const;
  if (order[0] >= 0 && order[1] >= 0) return order[0] <= order[1] || from === 'decimal';
  if (['varchar', 'char', 'string'].includes(to as string)) return from === 'string';
  if (from === 'date' && to === 'timestamp') return true;
  return from === to || (source.hiveType ?? '').startsWith(`${to?.split('<')[0]}<`);
}

async function addNewPartitions(table: Table, written: string[][], { catalog, glue }: StatementContext): Promise<void> {
  const { DatabaseName, Name: TableName, StorageDescriptor: storage = {}, PartitionKeys = [] } = table;
  const added = written.filter((values) => !catalog.findPartition(DatabaseName, TableName, values));
  const keys = PartitionKeys.map((key) => key.Name);
  const partitions = added.map((values) => ({
    values,
    storage: { ...storage, Location: partitionLocation(storage.Location ?? '', keys, values) },
  }));
  await addPartitions(glue, { DatabaseName, TableName }, partitions);
}

export async function unload(
  statement: Extract<Statement, { type: 'UNLOAD' }>,
  context: StatementContext,
): Promise<Outcome> {
  const { query, properties } = statement;
  const place = findS3Location(statement.location);
  if (!place) throw new SqlError('INVALID_ARGUMENTS', `Not an S3 path: ${statement.location}`);
  if (properties.format === undefined)
    throw new SqlError('INVALID_ARGUMENTS', "UNLOAD needs a format: WITH (format = 'PARQUET')");
  const files = writtenFormat(properties);
  if (context.store.findBucket(place.bucket) && context.store.list(place.bucket, place.prefix).length > 0) {
    throw new SqlError('HIVE_PATH_ALREADY_EXISTS', `Target directory for table already exists: ${statement.location}`);
  }
  const columns = (await describeQuery(query, context)).map(({ name, hiveType = 'string' }, source) => ({
    name,
    type: hiveType,
    source,
  }));
  const partitionBy = [properties.partitioned_by ?? []].flat();
  const written = await writeQuery({ query, columns, partitionBy, files, place }, context);
  const { rowCount: updateCount, scannedBytes, planningMs, engineMs, files: put } = written;
  return { ...listing(['rows']), updateCount, scannedBytes, planningMs, engineMs, written: put };
}
