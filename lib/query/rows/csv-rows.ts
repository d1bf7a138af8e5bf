import type { Cell, ResultColumn } from '../schemas';
import { isFormula } from './is-formula';

/** Writes rows as CSV (RFC 4180) in UTF-8, a page in memory at a time. */
export async function* csvRows(
  columns: readonly ResultColumn[],
  pages: AsyncIterable<readonly Cell[][]>,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(line(columns.map(({ name }) => name)));
  for await (const rows of pages) {
    if (rows.length > 0) yield Buffer.from(rows.map(line).join(''));
  }
}

const line = (cells: readonly Cell[]) => `${cells.map(csvField).join(',')}\r\n`;

/** Null is nothing, an empty text is "". What a spreadsheet would run is made text by a quote in front of it. */
export function csvField(value: Cell): string {
  if (value === null) return '';
  const safe = isFormula(value) ? `'${value}` : value;
  return value === '' || /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
