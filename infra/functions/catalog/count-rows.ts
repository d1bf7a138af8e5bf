import type { AthenaClient } from '@aws-sdk/client-athena';
import { type QueryPlace, runQuery } from '../run-query.ts';

/** Counts the rows of each table by one query, as anyone would see them. */
export async function countRows(
  athena: AthenaClient,
  { tables, ...place }: QueryPlace & { tables: string[] },
): Promise<Map<string, number>> {
  const { rows } = await runQuery(athena, tables.map(countOf).join('\nUNION ALL\n'), place).catch((error: Error) => {
    throw new Error(`The query that counts rows failed: ${error.message}`, { cause: error });
  });
  return new Map(rows.map(([table, count]) => [table ?? '', Number(count)]));
}

function countOf(table: string): string {
  return `SELECT '${table}' AS table_name, count(*) AS row_count FROM "${table}"`;
}
