/** A metric as Glue names it: `Dataset.*.RowCount`, `Column.amount.Mean`; a column's name may hold dots. */
export function readMetric(name: string): { column?: string; metric: string } {
  const match = /^(Dataset|Column)\.(.+)\.([^.]+)$/.exec(name);
  if (!match) return { metric: name };
  const [, scope, place = '', metric = name] = match;
  return scope === 'Column' ? { column: place, metric } : { metric };
}

/** Metrics that are shares: written as percentages. */
const SHARES = new Set(['Completeness', 'Uniqueness', 'UniqueValueRatio', 'ColumnDataType.Compliance', 'Compliance']);

export function isShare(name: string): boolean {
  return SHARES.has(readMetric(name).metric);
}
