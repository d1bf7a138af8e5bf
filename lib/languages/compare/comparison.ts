/** What comparing two versions of a file says. Plain data: it crosses from the comparing thread to the browser. */

/** Past these, per version, comparing here would take a machine that others need too. */
export const compareMaxRows = 5_000_000;
export const compareMaxBytes = 1_000_000_000;
/** A text is held in memory, line by line. */
export const compareMaxTextBytes = 64 * 1024 * 1024;
/** How many rows of each class are shown. */
export const compareMaxSamples = 100;

/** How values of a column are compared: by what they mean where both versions agree on that, else as text. */
export type ValueKind = 'number' | 'boolean' | 'time' | 'text';

/** A value as it stands in the file, the space around it left out; null where nothing is left. */
export type Cell = string | null;
export type Row = readonly Cell[];

export interface ComparedColumn {
  /** As the newer side writes it, or the older where only that has it. */
  name: string;
  change: 'same' | 'added' | 'removed' | 'retyped';
  /** As the older side writes the name, where that differs in case or white space. */
  formerName?: string;
  /** True when it stands elsewhere among the columns that both have. */
  isMoved: boolean;
  fromType?: string;
  toType?: string;
  isKey: boolean;
}

export interface RowSample {
  /** The row's number in its file, from 1; of the older side for a removed row. */
  row: number;
  /** One cell for each compared column; null also where this side lacks the column. */
  from?: Row;
  to?: Row;
  /** For a changed row: indexes of the columns that differ. */
  changed?: number[];
}

export interface KeyChoice {
  /** Names of the columns that tell rows apart; empty when only whole rows do. */
  columns: string[];
  /**
   * - `contract`: the dataset's contract names them as its primary key.
   * - `unique`: they were found to be different in every row of both versions.
   * - `chosen`: a person picked them.
   * - `none`: nothing short of the whole row tells rows apart.
   */
  reason: 'contract' | 'unique' | 'chosen' | 'none';
  /** Rows that share their key with an earlier row of the same version. */
  duplicates: { from: number; to: number };
}

export interface TableComparison {
  type: 'table';
  columns: ComparedColumn[];
  key: KeyChoice;
  rows: { from: number; to: number; unchanged: number; added: number; removed: number; changed: number };
  samples: { added: RowSample[]; removed: RowSample[]; changed: RowSample[] };
}

export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  /** Line numbers from 1, on the sides that have the line. */
  from?: number;
  to?: number;
  text: string;
}

export interface TextComparison {
  type: 'text';
  lines: { from: number; to: number; added: number; removed: number };
  /** Runs of lines around what changed, in the order of the files. */
  hunks: DiffLine[][];
  /** Changed lines that are counted and not shown. */
  hiddenLines: number;
  /**
   * False when the versions differ in so much that the shortest way from one to the other was not sought: the counts are
   * then of lines that only one side has, wherever they stand, and no lines are shown.
   */
  isExact: boolean;
  lineEnds: { from: LineEnd; to: LineEnd };
  encodings: { from: string; to: string };
}
export type LineEnd = 'lf' | 'crlf' | 'none';

/** Neither side is read further: a picture, an archive, or two things that have no rows or lines in common. */
export interface OpaqueComparison {
  type: 'opaque';
  mediaTypes: { from: string; to: string };
  sizes: { from: number; to: number };
  /** Undefined where the bytes were not compared. */
  isSame?: boolean;
}

export type Comparison = TableComparison | TextComparison | OpaqueComparison;

/** A comparison that is refused, or cannot go on; the code names its sentence. */
export type CompareProblem =
  | { code: 'too-many-rows' | 'too-large' | 'text-too-large'; side: Side; limit: number }
  | { code: 'unreadable'; side: Side; message: string }
  | { code: 'key-unknown'; column: string };
export type Side = 'from' | 'to';

export class CompareError extends Error {
  override readonly name = 'CompareError';
  readonly problem: CompareProblem;

  constructor(problem: CompareProblem) {
    super(problem.code === 'unreadable' ? problem.message : problem.code);
    this.problem = problem;
  }
}
