import type { Anomaly, Metrics } from '../quality/evaluation.ts';
import { type Band, expectedBand, isLearning, isOutside, type Learning, NEEDED } from './anomaly.ts';
import { type MetricPoint, seriesOf } from './history.ts';
import { findColumn, type TableColumn } from './table.ts';

/** Metrics of one rule's choice of rows, or of one statement, are watched by their own rules. */
const WATCHED =
  /^Dataset\.\*\.RowCount$|\.(Completeness|Mean|Freshness|Uniqueness|DistinctValuesCount|StandardDeviation)$/;

/** What is not as the history lets expect: metrics outside of their bands, and columns that came, went or changed. */
export function findAnomalies(
  metrics: Metrics,
  columns: TableColumn[],
  history: MetricPoint[],
  now: Date,
): { anomalies: Anomaly[]; learning?: Learning } {
  const at = now.toISOString();
  const bands = Object.entries(metrics)
    .filter(([metric]) => WATCHED.test(metric))
    .map(([metric, value]) => ({ metric, value, band: bandOf(metric, history, at) }));
  const anomalies = bands.flatMap(({ metric, value, band }): Anomaly[] =>
    isLearning(band) || !isOutside(value, band) ? [] : [{ metric, value, ...band }],
  );
  const least = Math.min(history.length, ...bands.flatMap(({ band }) => (isLearning(band) ? [band.points] : [])));
  const isLearningStill = bands.some(({ band }) => isLearning(band));
  const schema = schemaAnomaly(columns, history);
  return {
    anomalies: [...(schema ? [schema] : []), ...anomalies],
    ...(isLearningStill && { learning: { points: least, needed: NEEDED } }),
  };
}

/** The band of a metric, within what the metric can be. */
function bandOf(metric: string, history: MetricPoint[], at: string): Band | Learning {
  const band = expectedBand(seriesOf(history, metric), at);
  if (isLearning(band)) return band;
  const isShare = /\.(Completeness|Uniqueness)$/.test(metric);
  const isCount = /Count$/.test(metric);
  return {
    ...band,
    lower: isShare || isCount ? Math.max(band.lower, 0) : band.lower,
    upper: isShare ? Math.min(band.upper, 1) : band.upper,
  };
}

/** Against the last evaluation that knew the columns. */
function schemaAnomaly(columns: TableColumn[], history: MetricPoint[]): Anomaly | undefined {
  const before = history.findLast((point) => point.columns !== undefined)?.columns;
  if (!before) return undefined;
  const gone = before
    .filter(({ name }) => !findColumn(columns, name))
    .map(({ name, type }) => ({ column: name, before: type }));
  const changed = columns.flatMap(({ name, type }) => {
    const old = findColumn(before, name)?.type;
    return old === type ? [] : [{ column: name, ...(old !== undefined && { before: old }), after: type }];
  });
  const changes = [...gone, ...changed];
  return changes.length === 0 ? undefined : { metric: 'Schema', points: history.length, changes };
}
