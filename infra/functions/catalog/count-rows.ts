import {
  type AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { markPipelineSql } from '../../../lib/languages/trino-sql/pipeline-mark.ts';

export interface CountedTables {
  database: string;
  workGroup: string;
  tables: string[];
}

const firstPauseMs = 5;
const pauseMaxMs = 1000;

/** Counts the rows of each table by one query, as anyone would see them. */
export async function countRows(
  athena: AthenaClient,
  { database, workGroup, tables }: CountedTables,
): Promise<Map<string, number>> {
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString: markPipelineSql(tables.map(countOf).join('\nUNION ALL\n')),
      QueryExecutionContext: { Database: database },
      WorkGroup: workGroup,
    }),
  );
  await waitForQuery(athena, QueryExecutionId);
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId }));
  // The first row of results repeats the columns' names.
  const rows = (ResultSet?.Rows ?? []).slice(1).map(({ Data = [] }) => Data.map((datum) => datum.VarCharValue ?? ''));
  return new Map(rows.map(([table = '', count]) => [table, Number(count)]));
}

function countOf(table: string): string {
  return `SELECT '${table}' AS table_name, count(*) AS row_count FROM "${table}"`;
}

async function waitForQuery(athena: AthenaClient, id: string | undefined): Promise<void> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.25, pauseMaxMs)) {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
    const { State, StateChangeReason } = QueryExecution?.Status ?? {};
    if (State === 'SUCCEEDED') return;
    if (State === 'FAILED' || State === 'CANCELLED') {
      throw new Error(`The query that counts rows ended as ${State}: ${StateChangeReason ?? 'no reason given'}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
