import type { HiddenColumn } from '../../../lib/languages/trino-sql/query-names.ts';
import type { Type } from '../../../lib/languages/trino-sql/types.ts';

/**
 * What the engine can be asked to do. A task crosses a process boundary as JSON, so it is plain data; the bytes of
 * tables and of large results never cross it: inputs are files that the child opens, results are files that it writes.
 */

/** Runs one SELECT (already DuckDB SQL) over tables and writes its rows as Athena's result CSV. */
export interface QueryTask {
  type: 'query';
  sql: string;
  /** Run instead where `sql` raises that a decimal has no room. */
  exactSql?: string;
  /** The rows that it can have at most, where its text says so. */
  mostRows?: number;
  /** Its columns, which the SQL calls c0, c1, … */
  columns: QueryColumn[];
  tables: FileTable[];
  /** The files that may be opened, beside those of `tables`. */
  files?: string[];
  output: QueryOutput;
  /** The query is refused with SCAN_LIMIT before it starts if it would read more. */
  maxScannedBytes?: number;
}

/** A column by Trino's name and type. */
export interface QueryColumn {
  name: string;
  type: Type;
}

/** Where the rows of a query go. Missing folders are made; the task may write only into the folder of that file or folder. */
export type QueryOutput =
  | {
      format: 'csv';
      path: string;
      /** Up to here the file comes back as text with the result, which takes less time than to hand it over. */
      textBytesMax?: number;
    }
  /** The plan of the query as text, a line for each step; with `run` after running it, with what each step took. */
  | { format: 'plan'; path: string; run: boolean; json: boolean }
  | {
      format: 'files';
      folder: string;
      columns: WrittenColumn[];
      files: WrittenFormat;
      partitionBy: string[];
    };

export type WrittenFormat =
  | { type: 'parquet'; compression: 'snappy' | 'gzip' | 'zstd' | 'uncompressed' }
  | { type: 'csv'; compression: 'gzip' | 'zstd' | 'uncompressed'; delimiter: string; quote: string; nullText: string }
  | { type: 'json'; compression: 'gzip' | 'zstd' | 'uncompressed' };

/** A column of the files that a query writes. */
export interface WrittenColumn extends TableColumn {
  /** Which column of the query it takes, from 0; NULL without one. */
  source?: number;
}

export interface QueryResult {
  columns: ResultColumn[];
  rowCount: number;
  scannedBytes: number;
  planningMs: number;
  executionMs: number;
  /** The CSV file's text, if it is small; then there may be no file. */
  text?: string;
  /** Files written, for Parquet output; relative to the folder. */
  files?: string[];
}

/** A column of a result as Athena's ResultSetMetadata describes it. */
export interface ResultColumn {
  name: string;
  /** Athena's short type name: `varchar`, `bigint`, `array`, `row`, … */
  type: string;
  /** The full Trino type: `decimal(10,2)`, `array(varchar)`, … */
  fullType: string;
  /** The type a table of the catalog has for it; undefined where Hive has none (an interval, a time zone). */
  hiveType?: string;
  precision: number;
  scale: number;
}

export interface FileTable {
  type: 'files';
  schema: string;
  name: string;
  format: TableFormat;
  columns: TableColumn[];
  partitionColumns: TableColumn[];
  files: TableFile[];
  /** The hidden columns that the query names; each costs a map of all file names. */
  hiddenColumns?: HiddenColumn[];
}

export interface TableColumn {
  name: string;
  /** Glue's (Hive's) type: `string`, `array<int>`, `struct<a:int>`, … */
  type: string;
}

export interface TableFile {
  path: string;
  /** What `"$path"` shows: `s3://bucket/key`. */
  uri: string;
  sizeBytes: number;
  /** Milliseconds since the epoch. */
  modifiedAt?: number;
  compression?: 'gzip' | 'zstd';
  /** Values of the partition columns, in their order. */
  partition?: string[];
}

export type TableFormat =
  | {
      type: 'parquet';
      /** Whether the files have the columns as they are declared; the engine looks for itself. */
      isExact?: boolean;
    }
  | {
      type: 'csv';
      delimiter: string;
      quote: string;
      escape: string;
      skipLines: number;
      nullText?: string;
      /** OpenCSVSerde: what cannot be read fails the query, dates are numbers. */
      strict: boolean;
      /** In a strict format, NULL for what cannot be read. */
      nullForInvalid?: boolean;
      /** Between the items of an array or a map, and between a key and its value. */
      itemDelimiter?: string;
      keyDelimiter?: string;
    }
  | {
      type: 'json';
      ignoreMalformed: boolean;
      /** JSON keys of columns that have another name. */
      keys?: Record<string, string>;
      isCaseSensitive: boolean;
      /** Whether a dot in a key is an underscore in its column. */
      dotsInKeys: boolean;
      /** The keys as the files write them; the engine looks for itself. */
      shape?: JsonShape;
    }
  /** Lines of which each group of the pattern is a column; a line that does not match is all NULL. */
  | {
      type: 'regex';
      pattern: string;
      skipLines: number;
      /** Columns by name, each with the groups that may hold it; without it a column is the group of its place. */
      groupsOf?: Record<string, number[]>;
    };

/** Keys of JSON objects, as they are written. */
export interface JsonShape {
  fields?: Record<string, JsonShape>;
  items?: JsonShape;
}

/** Runs DuckDB statements in order, in one fresh database. */
export interface ScriptTask {
  type: 'script';
  statements: ScriptStatement[];
  /** The files that may be read. */
  files: string[];
  /** The one folder that may be written (and read); made if missing. */
  outputFolder?: string;
  /** DuckDB settings, set before the database is locked. */
  settings?: Record<string, string | number | boolean>;
}

export interface ScriptStatement {
  id: string;
  sql: string;
  /** Whether to return the rows; at most `MAX_SCRIPT_ROWS` of them, more is an error. */
  rows?: boolean;
}

export interface ScriptResult {
  statements: ScriptStatementResult[];
}

export interface ScriptStatementResult {
  id: string;
  elapsedMs: number;
  /** Rows written by COPY, INSERT, CREATE TABLE AS, UPDATE or DELETE. */
  rowCount?: number;
  columns?: { name: string; type: string }[];
  /** Values as JSON: integers above 32 bits and decimals are strings, dates and timestamps text, lists arrays, structs objects. */
  rows?: Record<string, unknown>[];
}

/** A script returns rows to be looked at, not data: what is more belongs in a file. */
export const MAX_SCRIPT_ROWS = 10_000;

/** Parses Trino SQL, says what it needs, and writes it as DuckDB SQL. */
export interface TranslateTask {
  type: 'translate';
  sql: string;
  /** Values for the `?` of the statement, as SQL expressions. */
  parameters: string[];
  /** Schema of unqualified table names. */
  database: string;
  /** The tables and views that the statement names, and those that the views name. */
  tables: NamedTable[];
}

export type NamedTable =
  | { type: 'files'; schema: string; name: string; columns: TableColumn[]; partitionColumns: TableColumn[] }
  | { type: 'view'; schema: string; name: string; sql: string; defaultSchema: string };

export interface Translation {
  sql: string;
  /** See `QueryTask`. */
  exactSql?: string;
  mostRows?: number;
  columns: QueryColumn[];
  scans: TableScan[];
}

/** One place of a query where a table is read. */
export interface TableScan {
  /** `schema.name` */
  table: string;
  /** How the SQL calls it. */
  alias: string;
  /** Conditions that every row needed meets, as SQL over `alias`; they name columns of this table only. */
  filters: string[];
  /** Columns that are compared with literals, and the values they can have. */
  values: Record<string, string[]>;
}

/** Finds the partitions that a query can need. */
export interface PruneTask {
  type: 'prune';
  columns: TableColumn[];
  /** Values of the partition columns. */
  partitions: string[][];
  /** Scans of the table: a partition is needed if it meets the filters of one. */
  scans: { alias: string; filters: string[] }[];
}

/** Indexes of the partitions that are needed. */
export interface PruneResult {
  needed: number[];
}

export type Task = QueryTask | ScriptTask | TranslateTask | PruneTask;

export type TaskResult<T extends Task> = T extends QueryTask
  ? QueryResult
  : T extends ScriptTask
    ? ScriptResult
    : T extends PruneTask
      ? PruneResult
      : Translation;
