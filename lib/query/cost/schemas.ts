import { z } from 'zod';
import { RunQuery } from '../schemas';

export const EstimateQuery = z.object({
  sql: RunQuery.shape.sql,
  /** The editor's database, where it is another than the lake's own. */
  database: z.string().min(1).max(255).optional(),
});
export type EstimateQuery = z.input<typeof EstimateQuery>;

export type FreeReason = 'definition' | 'explain' | 'noTable';
export type UnknownReason =
  | 'syntax'
  | 'table'
  | 'future'
  | 'notYet'
  | 'notFiles'
  | 'folders'
  | 'tooLarge'
  | 'prepared'
  | 'parameters'
  | 'projection'
  | 'injected'
  | 'format'
  | 'forbidden'
  | 'tooMany'
  | 'unreachable';

/** What of one table a statement reads. */
export interface EstimatedTable {
  /** `database.table`, or a table of the past as the statement names it. */
  name: string;
  format: 'parquet' | 'text' | 'orc';
  bytes: number;
  /** What its files weigh in the partitions that are read. */
  fileBytes: number;
  files: number;
  /** Fewer than `files` where only some were looked into. */
  sampledFiles: number;
  /** Partitions that are read; undefined for a table without any. */
  partitions?: number;
  columns: number;
  allColumns: number;
}

/** Things worth knowing that change nothing by themselves. */
export type CostNote = { kind: 'limit' } | { kind: 'footers' };

/** Another way to write the statement. */
export interface Rewrite {
  kind: 'columns' | 'partition' | 'bare' | 'parquet' | 'approximate';
  /** The whole statement, written so. */
  sql: string;
  /** Bytes less; 0 where it saves time and no bytes. */
  savedBytes: number;
  /** The table or column it is about. */
  subject: string;
  /** What stands in its place, or is added. */
  text: string;
  /** Columns that weigh most, for `columns`. */
  heaviest?: { name: string; bytes: number }[];
}

export type Estimate =
  | { status: 'free'; why: FreeReason }
  | { status: 'unknown'; why: UnknownReason; subject?: string }
  | {
      status: 'scan';
      /** At most: Athena may read less, by LIMIT or the statistics of row groups, and never more. */
      bytes: number;
      /** Both are left out for a region whose price is not known. */
      usd?: number;
      usdPerTerabyte?: number;
      region: string;
      tables: EstimatedTable[];
      notes: CostNote[];
      rewrites: Rewrite[];
      /** The workgroup stops a query that scans more. */
      cutoffBytes?: number;
    };
