import type { Dimension } from './figures.ts';

const DIMENSION: Record<string, Dimension> = {
  Completeness: 'completeness',
  IsComplete: 'completeness',
  IsUnique: 'uniqueness',
  IsPrimaryKey: 'uniqueness',
  Uniqueness: 'uniqueness',
  UniqueValueRatio: 'uniqueness',
  DistinctValuesCount: 'uniqueness',
  FileUniqueness: 'uniqueness',
  DataFreshness: 'freshness',
  FileFreshness: 'freshness',
};

/** Rules about how much there is and how it is spread: no dimension of a single value's worth. */
const OF_AMOUNTS = new Set([
  'RowCount',
  'RowCountMatch',
  'ColumnCount',
  'Sum',
  'Mean',
  'StandardDeviation',
  'Entropy',
  'ColumnCorrelation',
  'AggregateMatch',
  'DetectAnomalies',
  'AllStatistics',
  'FileMatch',
  'FileSize',
]);

/** What a rule of this type is about. https://docs.aws.amazon.com/glue/latest/dg/dqdl-rule-types.html */
export function dimensionOf(type: string): Dimension | undefined {
  return DIMENSION[type] ?? (OF_AMOUNTS.has(type) ? undefined : 'validity');
}
