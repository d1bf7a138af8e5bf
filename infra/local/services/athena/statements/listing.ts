import type { ResultColumn } from '../../../engine/task.ts';
import type { Outcome } from '../statement-context.ts';

/** The result of a statement that is no query: lines of text, tabs between the columns, no header. */
export function listing(columnNames: string[], rows: string[][] = []): Outcome {
  return {
    body: Buffer.from(rows.map((row) => `${row.join('\t')}\n`).join('')),
    columns: columnNames.map(textColumn),
    rowCount: rows.length,
    scannedBytes: 0,
    planningMs: 0,
    engineMs: 0,
  };
}

function textColumn(name: string): ResultColumn {
  return { name, type: 'string', fullType: 'string', precision: 0, scale: 0 };
}

/** Hive's patterns in SHOW: `*` for any text, `|` between alternatives; https://docs.aws.amazon.com/athena/latest/ug/show-tables.html */
export function matchesPattern(name: string, pattern: string | undefined): boolean {
  if (pattern === undefined) return true;
  const alternatives = pattern
    .split('|')
    .map((part) => part.replace(/[\\^$.+?()[\]{}]/g, String.raw`\$&`).replaceAll('*', '.*'));
  return new RegExp(`^(?:${alternatives.join('|')})$`, 'i').test(name);
}
