/**
 * Rules that a table keeps as it is, from its statistics: what is complete and unique is to stay so, and sizes are to stay
 * within what is usual.
 */
import type { TableColumn } from '../../../../../lib/languages/dqdl/plan.ts';
import { printText } from '../../../../../lib/languages/dqdl/print.ts';
import type { Metrics } from '../../../../../lib/languages/quality/evaluation.ts';

export const ALL_STATISTICS = 'Analyzers = [ AllStatistics "AllColumns" ]';

/** A table may halve or double before somebody is to be told. */
const ROWS_SHARE = { least: 0.5, most: 2 };
/** A column that is nearly unique is meant to be. */
const NEARLY_UNIQUE = 0.95;

/** DQDL. */
export function recommendRules(metrics: Metrics, columns: TableColumn[]): string {
  const rows = metrics['Dataset.*.RowCount'] ?? 0;
  const rules = [
    ...(rows > 0
      ? [`RowCount between ${Math.floor(rows * ROWS_SHARE.least)} and ${Math.ceil(rows * ROWS_SHARE.most)}`]
      : []),
    `ColumnCount = ${columns.length}`,
    ...columns.flatMap(({ name }) => rulesOf(name, metrics, rows)),
  ];
  return `Rules = [\n${rules.map((rule) => `    ${rule}`).join(',\n')}\n]`;
}

function rulesOf(column: string, metrics: Metrics, rows: number): string[] {
  const of = (metric: string) => metrics[`Column.${column}.${metric}`];
  const name = printText(column);
  const [completeness = 0, uniqueness = 0] = [of('Completeness'), of('Uniqueness')];
  if (rows === 0) return [];
  return [
    ...(completeness === 1 ? [`IsComplete ${name}`] : []),
    ...(completeness > 0 && completeness < 1 ? [`Completeness ${name} >= ${floor(completeness)}`] : []),
    ...(uniqueness === 1 ? [`IsUnique ${name}`] : []),
    ...(uniqueness >= NEARLY_UNIQUE && uniqueness < 1 ? [`Uniqueness ${name} >= ${floor(uniqueness)}`] : []),
  ];
}

/** Two decimals, and never more than what was measured. */
const floor = (share: number): number => Math.floor(share * 100) / 100;
