import type { ChartConfig } from '../chart-config.ts';
import type { ResultColumn } from '../schemas.ts';
import type { ColumnStats } from './column-stats.ts';
import type { ChartData } from './fold-chart.ts';
import type { ColumnFilter, RowSort } from './view-schemas.ts';

/** A result that lies as a file, as far as a thread needs it. */
interface ResultFile {
  /** Of this process, so of all its threads. */
  fd: number;
  sizeBytes: number;
  /** The columns' names come first. */
  hasHeader: boolean;
  columns: readonly ResultColumn[];
}

/** What a thread is asked for: which rows, in which order; or what they come to. */
export type ResultTask = { file: ResultFile; filters: readonly ColumnFilter[] } & (
  | { type: 'order'; sort: RowSort | undefined; maxRows: number }
  | { type: 'stats'; column: number }
  | { type: 'chart'; config: ChartConfig }
);

/** Where the rows of a view lie in the file, in its order, and which rows of the result they are. */
export interface RowPlaces {
  starts: Float64Array;
  lengths: Uint32Array;
  numbers: Uint32Array;
}

export interface TaskAnswers {
  order: RowPlaces | 'too-many';
  stats: ColumnStats;
  chart: ChartData;
}
