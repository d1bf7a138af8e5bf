import { csvLine } from '@/lib/languages/csv/csv-line.ts';
import type { Cell, ResultColumn } from '../schemas';

/** Writes rows as CSV (RFC 4180) in UTF-8, a page in memory at a time. */
export async function* csvRows(
  columns: readonly ResultColumn[],
  pages: AsyncIterable<readonly Cell[][]>,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(csvLine(columns.map(({ name }) => name)));
  for await (const rows of pages) {
    if (rows.length > 0) yield Buffer.from(rows.map(csvLine).join(''));
  }
}
