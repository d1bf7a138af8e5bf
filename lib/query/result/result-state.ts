import type { Cell, ResultColumn } from '../schemas';

/** A result as far as it has come from S3; client-safe. */
export interface ResultState {
  columns: readonly ResultColumn[];
  rowCount: number;
  /** Rows that pass the view's filters. */
  viewRows: number;
  isComplete: boolean;
  /** It is larger than the console keeps: these are its first rows, the whole is for a download. */
  isCut: boolean;
  sizeBytes: number;
}

export interface ResultRows {
  from: number;
  /** Which rows of the result these are, from 0. */
  numbers: number[];
  rows: Cell[][];
}
