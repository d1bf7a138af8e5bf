import type { Row } from './comparison.ts';

export interface SourceColumn {
  name: string;
  /** The contract's type, as inferred from the file's head. */
  type: string;
}

/** A file's rows, which can be read more than once. */
export interface RowSource {
  columns: SourceColumn[];
  /** Batches of rows with a cell for each column, in the order of the file. */
  read(): AsyncIterable<Row[]>;
}

/** A file of any kind, as the comparing thread reaches it. */
export interface ByteFile {
  name: string;
  sizeBytes: number;
  /** Bytes from `start` up to and without `end`. */
  read(start: number, end: number): Promise<Uint8Array>;
  stream(): AsyncIterable<Uint8Array>;
}
