import type { DuckDBPreparedStatement } from '@duckdb/node-api';
import { quoteName } from './session.ts';

/**
 * Results of a few rows pass through JavaScript: to plan and run a COPY takes DuckDB three times as long as a small
 * query itself.
 */
export const SHORT_ROWS_MAX = 100;

/** Beyond it, values are not brought into JavaScript's memory. */
const SHORT_BYTES_MAX = 4 * 2 ** 20;

/** The rows' texts, and how many bytes each row's are. */
export function selectShort(texts: string[], from: string): string {
  const names = texts.map((_, index) => `t${index}`);
  const columns = texts.map((text, index) => `${text} AS t${index}`);
  // A sum of more than a thousand terms is nested too deeply for DuckDB.
  const bytes = `list_sum([${names.map((name) => `strlen(${name})`).join(', ')}])`;
  return `SELECT ${names.join(', ')}, ${bytes} FROM (SELECT ${columns.join(', ')} FROM ${from})`;
}

/** The CSV of a result without its header, and its rows; undefined where its values are too large. */
export async function readShort(
  statement: DuckDBPreparedStatement,
): Promise<{ lines: string; rowCount: number } | undefined> {
  const result = await statement.run();
  const chunks = await result.fetchAllChunks();
  const last = result.columnCount - 1;
  const bytes = chunks.flatMap((chunk) => chunk.getColumnValues(last));
  if (bytes.reduce((sum: number, size) => sum + Number(size), 0) > SHORT_BYTES_MAX) return undefined;
  const rows = chunks.flatMap((chunk) => chunk.getRows());
  const lines = rows.map((row) => `${row.slice(0, last).map(quoted).join(',')}\n`);
  return { lines: lines.join(''), rowCount: rows.length };
}

/** Every value is quoted and NULL is nothing at all. */
function quoted(value: unknown): string {
  return value === null ? '' : quoteName(String(value));
}
