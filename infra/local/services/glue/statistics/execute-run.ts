/** Computes the statistics of a table's columns in one scan, and writes them, both as the role that the run was given. */
import { quoteName } from '../../../../../lib/languages/trino-sql/token-reader.ts';
import type { ServiceContext } from '../../../service-context.ts';
import { roleArn } from '../arns.ts';
import { columnsOf, TableReader, type TableReaderOptions } from '../quality/table-reader.ts';
import { type ColumnFigures, figuresOf } from './statistics-figures.ts';
import type { StatisticsRun } from './statistics-run.ts';
import type { ExecuteStatisticsRun } from './statistics-runs.ts';
import type { ColumnStatistics } from './statistics-store.ts';

/** https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateColumnStatisticsForTable.html */
const COLUMNS_A_CALL = 25;

interface Measured extends ColumnFigures {
  name: string;
  type: string;
}

export function executeStatisticsRun(ctx: ServiceContext, reader: TableReaderOptions): ExecuteStatisticsRun {
  return async (run, signal) => {
    const { database: DatabaseName, table: TableName, role, id } = run;
    const principal = ctx.inside.asRole(roleArn(ctx.account, role), 'glue.amazonaws.com', `GlueStatistics-${id}`);
    const columns = measuredOf(run, columnsOf(reader.catalog, DatabaseName, TableName));
    if (columns.length === 0) return;
    const sql = statementOf(run, columns);
    const { statistics } = await new TableReader(reader, principal, DatabaseName, signal).answerAll([
      { id: 'statistics', sql },
    ]);
    if (!statistics || 'error' in statistics) throw new Error(statistics?.error ?? 'The table was not read.');
    const found = statisticsOf(columns, statistics.rows[0] ?? [], ctx.clock() / 1000);
    for (let at = 0; at < found.length; at += COLUMNS_A_CALL) {
      signal.throwIfAborted();
      const ColumnStatisticsList = found.slice(at, at + COLUMNS_A_CALL);
      const input = { DatabaseName, TableName, ColumnStatisticsList };
      await ctx.inside.call('glue', 'UpdateColumnStatisticsForTable', input, principal);
    }
  };
}

/** The columns that are asked for and of whose type there are statistics. */
function measuredOf({ columns: wanted }: StatisticsRun, columns: { name: string; type: string }[]): Measured[] {
  const isWanted = (name: string) => !wanted || wanted.some((one) => one.toLowerCase() === name.toLowerCase());
  return columns.flatMap(({ name, type }) => {
    const figures = isWanted(name) ? figuresOf(quoteName(name), type) : undefined;
    return figures ? [{ name, type, ...figures }] : [];
  });
}

function statementOf({ database, table, sampleSize }: StatisticsRun, columns: Measured[]): string {
  const sample = sampleSize !== undefined && sampleSize < 100 ? ` TABLESAMPLE BERNOULLI (${sampleSize})` : '';
  const figures = columns.flatMap(({ expressions }) => expressions).join(', ');
  return `SELECT ${figures} FROM ${quoteName(database)}.${quoteName(table)}${sample}`;
}

function statisticsOf(columns: Measured[], row: (string | null)[], AnalyzedTime: number): ColumnStatistics[] {
  let at = 0;
  return columns.map(({ name, type, expressions, read }) => {
    const values = row.slice(at, at + expressions.length);
    at += expressions.length;
    return { ColumnName: name, ColumnType: type, AnalyzedTime, StatisticsData: read(values) };
  });
}
