import type { Metrics } from '../quality/evaluation.ts';
import type { TableColumn } from './table.ts';

/** What an earlier evaluation measured; lists of them have the oldest first. */
export interface MetricPoint {
  /** ISO 8601, UTC. */
  at: string;
  metrics: Metrics;
  columns?: TableColumn[];
}

/** The values that a metric had, oldest first. */
export function seriesOf(history: MetricPoint[], metric: string): { at: string; value: number }[] {
  return history.flatMap(({ at, metrics }) => {
    const value = metrics[metric];
    return value === undefined ? [] : [{ at, value }];
  });
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
