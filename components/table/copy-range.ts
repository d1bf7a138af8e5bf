import { columnKind } from '@/lib/query/column-kind';
import type { Cell, ResultColumn } from '@/lib/query/schemas';

interface Copied {
  columns: readonly ResultColumn[];
  rows: readonly Cell[][];
  withHeaders: boolean;
}

/** Tabs between values, quotes where a value holds a tab, a quote or a line's end: what editors and spreadsheets paste. */
export function tsvOf({ columns, rows, withHeaders }: Copied): string {
  const header = withHeaders ? [columns.map(({ name }) => name)] : [];
  return [...header, ...rows].map((row) => row.map(field).join('\t')).join('\n');
}

function field(cell: Cell): string {
  if (cell === null) return '';
  return /["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPED[character] ?? '');

/**
 * The same as a table, which spreadsheets take before the text: a text is marked as one there, so that none is run as a
 * formula and no code of digits loses its zeros. https://learn.microsoft.com/en-us/previous-versions/office/developer/office2000/aa155477(v=office.10)
 */
export function htmlOf({ columns, rows, withHeaders }: Copied): string {
  const header = withHeaders ? `<tr>${columns.map(({ name }) => `<th>${escaped(name)}</th>`).join('')}</tr>` : '';
  const body = rows.map(
    (row) => `<tr>${row.map((cell, place) => cellOf(cell, columns[place]?.type ?? '')).join('')}</tr>`,
  );
  return `<meta charset="utf-8"><table>${header}${body.join('')}</table>`;
}

function cellOf(cell: Cell, type: string): string {
  if (cell === null) return '<td></td>';
  if (columnKind(type) === 'number') return `<td>${escaped(cell)}</td>`;
  return `<td style="mso-number-format:'\\@';white-space:pre-wrap">${escaped(cell)}</td>`;
}
