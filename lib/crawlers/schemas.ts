import { z } from 'zod';
import type { PlannedFile, PlannedTable, Reason } from '@/lib/languages/crawl/crawl-plan.ts';
import type { TableDiff } from '@/lib/languages/crawl/table-diff.ts';
import { zones } from '@/lib/storage/zones';

export const CrawlerName = z.object({ name: z.string().min(1).max(255) });
export type CrawlerName = z.input<typeof CrawlerName>;

/** What a dry run looks at: a crawler's targets, or a folder of a zone; and how a person wants delimited files read. */
export const PlanSource = z.object({
  crawler: z.string().min(1).max(255).optional(),
  zone: z.enum(zones).default('processed'),
  prefix: z.string().max(1024).default(''),
  delimiter: z.string().length(1).optional(),
  header: z.enum(['PRESENT', 'ABSENT']).optional(),
  serde: z.enum(['OpenCSVSerDe', 'LazySimpleSerDe']).optional(),
});
export type PlanSource = z.input<typeof PlanSource>;

/** A name that Athena takes without quotes. */
const TableName = z.string().regex(/^[a-z_][a-z0-9_]{0,127}$/, 'tableName');
const ColumnName = z.string().trim().min(1, 'required').max(255);
const ColumnType = z
  .string()
  .regex(/^[a-z][\w<>,:() ]*$/, 'columnType')
  .max(8_000);

export const AcceptTable = z.object({
  source: PlanSource,
  /** Which of the planned tables. */
  location: z.string().startsWith('s3://').max(2048),
  /** The columns that were shown, as `name type`: another plan than that one is not accepted. */
  seen: z.array(z.string()).max(10_000),
  name: TableName,
  /** `from` is the column's name in the plan. */
  columns: z.array(z.object({ from: z.string(), name: ColumnName, type: ColumnType })).max(10_000),
});
export type AcceptTable = z.input<typeof AcceptTable>;

export const PinTable = z.object({
  database: z.string().min(1).max(255),
  name: z.string().min(1).max(255),
  isPinned: z.boolean(),
});
export type PinTable = z.input<typeof PinTable>;

export interface CrawlerSummary {
  name: string;
  description?: string;
  database: string;
  targets: string[];
  state: 'READY' | 'RUNNING' | 'STOPPING';
  /** As AWS writes it: `cron(0 3 * * ? *)`. */
  schedule?: string;
  /** Whether a crawl changes the columns of tables that are there. */
  isChanging: boolean;
  lastCrawl?: Crawl;
}

export interface Crawl {
  status: 'COMPLETED' | 'FAILED' | 'RUNNING' | 'STOPPED';
  startedAt?: number;
  endedAt?: number;
  error?: string;
  /** How many tables and partitions it changed; left out where AWS does not say. */
  tables?: CrawlChanges;
  partitions?: CrawlChanges;
}

export interface CrawlChanges {
  added: number;
  updated: number;
  deleted: number;
}

export interface PlannedChange {
  /** Its partitions are the first few. */
  table: PlannedTable;
  partitionCount: number;
  diff: TableDiff;
  isPinned: boolean;
}

export interface FolderPlan {
  database: string;
  /** Addresses of what was looked at. */
  places: string[];
  changes: PlannedChange[];
  /** The first of them. */
  files: PlannedFile[];
  fileCount: number;
  reasons: Reason[];
}

/** How far a dry run is. */
export interface PlanProgress {
  /** Files that were looked at, of those that are to be: where there are many, the first of each folder. */
  files: number;
  toRead: number;
  /** All that were listed. */
  found: number;
  readBytes: number;
  /** Address of the file that was begun last. */
  current?: string;
}

export type PlanStep = { progress: PlanProgress } | { plan: FolderPlan };

/** How a plan's columns are told from another's. */
export const seenColumns = ({ columns, partitionKeys }: Pick<PlannedTable, 'columns' | 'partitionKeys'>): string[] =>
  [...columns, ...partitionKeys].map(({ name, type }) => `${name} ${type}`);
