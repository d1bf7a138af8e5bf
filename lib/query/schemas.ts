import { z } from 'zod';

/** Athena's own limit of a statement: https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
const MAX_SQL_BYTES = 262_144;
/** The most rows that GetQueryResults gives at once. */
export const PAGE_ROWS = 1000;

const QueryId = z.string().regex(/^[\w-]{1,128}$/, 'A query is named by letters, digits, “-” and “_”.');

export const RunQuery = z.object({
  sql: z
    .string()
    .trim()
    .min(1, 'Write a statement first.')
    .refine(
      (sql) => new TextEncoder().encode(sql).length <= MAX_SQL_BYTES,
      'The statement is longer than the 256 KiB that Athena takes.',
    ),
  /**
   * A value for each `?`, as SQL text: Athena puts it in, and it can be nothing but a literal.
   * https://docs.aws.amazon.com/athena/latest/ug/querying-with-prepared-statements-executing.html
   */
  parameters: z.array(z.string().min(1).max(1024)).max(1000).optional(),
  /** What the console asks for by itself, beside what a person writes: another statement's plan. */
  purpose: z.literal('plan').optional(),
  /** The same click sent twice starts one query: Athena returns the first one's id again. */
  clientRequestToken: z.string().min(32).max(128).optional(),
});
export type RunQuery = z.input<typeof RunQuery>;

export const GetQuery = z.object({ id: QueryId });
export type GetQuery = z.input<typeof GetQuery>;

export const ListQueryRows = z.object({
  id: QueryId,
  nextToken: z.string().max(1024).optional(),
  /** A page holds a thousand rows at most. */
  maxRows: z.number().int().min(1).default(PAGE_ROWS),
});
export type ListQueryRows = z.input<typeof ListQueryRows>;

export type QueryStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

export interface QueryError {
  message: string;
  /** Trino's name of the error (`COLUMN_NOT_FOUND`, `SYNTAX_ERROR`), where the message begins with one. */
  name?: string;
  /** Both count from 1, in the statement as it was sent. */
  line?: number;
  column?: number;
}

export interface Query {
  id: string;
  sql: string;
  status: QueryStatus;
  error?: QueryError;
  submittedAt: number;
  endedAt?: number;
  scannedBytes: number;
  /** What AWS asks for it, in US dollars; undefined for a region whose price is not known. */
  usd?: number;
  queuedMs: number;
  planningMs: number;
  engineMs: number;
  /** Athena's own work behind the engine's, such as publishing the result. */
  serviceMs: number;
  totalMs: number;
  /** Rows can be asked for: the statement was one that gives some. */
  hasRows: boolean;
}

export interface ResultColumn {
  name: string;
  type: string;
}

/** A value as Athena writes it; null is null and never an empty text. */
export type Cell = string | null;

export interface RowPage {
  columns: ResultColumn[];
  rows: Cell[][];
  nextToken?: string;
}

/** A table as it was at a moment, which a statement reads. */
export interface PastTable {
  /** As the statement names it: `sales@2026-11-25`. */
  text: string;
  table: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** What it was made of then. */
  fileCount: number;
  sizeBytes: number;
  /** Of that, what must be copied before it can be read. */
  copyCount: number;
  copyBytes: number;
}

export interface PastProgress {
  files: number;
  bytes: number;
  totalFiles: number;
  totalBytes: number;
}

export type { SavedQuery } from './saved/schemas';
