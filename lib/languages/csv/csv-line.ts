import { isFormula } from './is-formula.ts';

/** A line of CSV (RFC 4180) with its end. */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(csvField).join(',')}\r\n`;
}

/** Null is nothing, an empty text is "". What a spreadsheet would run is made text by a quote in front of it. */
export function csvField(value: string | null): string {
  if (value === null) return '';
  const safe = isFormula(value) ? `'${value}` : value;
  return value === '' || /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
