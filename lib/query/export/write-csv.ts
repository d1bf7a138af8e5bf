import type { Cell, ResultColumn } from '../schemas';
import { isFormula } from './spreadsheet-text';

const BYTE_ORDER_MARK = '\ufeff';

/**
 * RFC 4180 for spreadsheets: UTF-8 with the mark by which Excel knows it, null as nothing, an empty text as "", and a
 * quote in front of what would be run as a formula.
 */
export async function* writeCsv(
  columns: readonly ResultColumn[],
  batches: AsyncIterable<Cell[][]>,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(BYTE_ORDER_MARK + line(columns.map(({ name }) => name)));
  for await (const rows of batches) yield Buffer.from(rows.map(line).join(''));
}

const line = (cells: readonly Cell[]) => `${cells.map(field).join(',')}\r\n`;

function field(value: Cell): string {
  if (value === null) return '';
  const safe = isFormula(value) ? `'${value}` : value;
  return value === '' || /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
