/** A CSV file of these rows; the first is the header. Values are quoted only where they must be. */
export function csv(rows: (string | number)[][]): string {
  return rows.map((row) => `${row.map(field).join(',')}\n`).join('');
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Money is counted in cents, since sums of it must be exact. */
export function money(cents: number): string {
  return (cents / 100).toFixed(2);
}

/** The day so many days after the first of 2024, as `2024-03-17`. */
export function dayOf2024(day: number): string {
  return new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
}
