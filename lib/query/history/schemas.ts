import { z } from 'zod';
import type { QueryError, QueryStatus } from '../schemas';

export const STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const satisfies QueryStatus[];

/** `console`: this console's pages; `plan`: its EXPLAIN of a statement; `api`: its data API; `pipeline`: a step of a run; `outside`: anything else. */
export const SOURCES = ['console', 'plan', 'api', 'pipeline', 'outside'] as const;
export type QuerySource = (typeof SOURCES)[number];

/** `mine`: what the person ran themselves; `everybody`: all that ran in the workgroup, which takes `queries:readAll`. */
export const WHOSE = ['mine', 'everybody'] as const;

/** A day as the browser has it is two moments: the page turns one into the other. */
const Moment = z.coerce.number().int().nonnegative();

export const ListQueryHistory = z.object({
  whose: z.enum(WHOSE).default('mine'),
  /** A part of the statement, in any capitals. */
  search: z.string().trim().max(200).default(''),
  status: z.enum(STATUSES).optional(),
  source: z.enum(SOURCES).optional(),
  /** An e-mail address; one's own unless one may see others'. */
  person: z.string().trim().max(254).optional(),
  /** `sales` or `retail.sales`: what the statement reads. */
  table: z.string().trim().max(255).optional(),
  /** Milliseconds since the epoch; submitted from then on. */
  since: Moment.optional(),
  until: Moment.optional(),
  /** Of the answer before. */
  next: z.string().max(2048).optional(),
});
export type ListQueryHistory = z.input<typeof ListQueryHistory>;
export type HistoryFilter = z.output<typeof ListQueryHistory>;

/** One statement that was run. */
export interface QueryRecord {
  id: string;
  sql: string;
  status: QueryStatus;
  error?: QueryError;
  submittedAt: number;
  endedAt?: number;
  totalMs: number;
  scannedBytes: number;
  /** At Athena's list price, where it is known for the region; 0 for what is free: DDL, and statements that failed. */
  priceUsd?: number;
  workGroup: string;
  hasRows: boolean;
  source: QuerySource;
  /** Who ran it, where the console knows. */
  by?: string;
  isOwn: boolean;
}

export interface QueryHistoryPage {
  records: QueryRecord[];
  /** Goes on behind this answer; the filter may leave an answer with few records, or none, and more behind. */
  next?: string;
  /** How far back was looked: the time of the last statement that was read, shown or not. */
  readTo?: number;
}

export interface QueryRecordDetail {
  /** Undefined where Athena does not tell. */
  outputRows?: number;
  outputBytes?: number;
  /** `gone`: it was there, and a lifecycle rule or a person has deleted it since. */
  result: 'there' | 'gone' | 'none';
  parameters: string[];
}
