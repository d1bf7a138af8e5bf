import { z } from 'zod';
import { Contract } from '@/lib/languages/contract/contract.ts';
import type { ContractChange } from '@/lib/languages/contract/contract-diff.ts';
import type { FoundRun } from '@/lib/runs/schemas';
import { DatasetName } from '@/lib/storage/schemas';
import type { ContractEvent } from './contract-events';
import type { FileEvent } from './file-events';
import type { TableEvent } from './table-events';

/** What Glue and Athena take as a table's name without quotes; ours are made that way. */
const TableName = z.string().regex(/^[a-z0-9_]{1,128}$/, 'A table is named by lower-case letters, digits and “_”.');

export const GetDataset = z.object({ name: TableName });
export type GetDataset = z.input<typeof GetDataset>;

export const FindContract = z.object({ dataset: DatasetName });
export type FindContract = z.input<typeof FindContract>;

export const KeepContract = z.object({
  dataset: DatasetName,
  contract: Contract,
  /** The ETag of the contract that was looked at; left out when there was none. */
  etag: z.string().max(256).optional(),
});
export type KeepContract = z.input<typeof KeepContract>;

export const SampleTable = z.object({ table: TableName });
export type SampleTable = z.input<typeof SampleTable>;

/** Glue takes any name here; what Athena can read is narrower. */
const CatalogName = z.string().min(1).max(255);

export const ListTables = z.object({ database: CatalogName, nextToken: z.string().max(4096).optional() });
export type ListTables = z.input<typeof ListTables>;

export const ListColumns = z.object({ database: CatalogName, table: CatalogName });
export type ListColumns = z.input<typeof ListColumns>;

/** A table as a list shows it; its columns are asked for when they are wanted. */
export interface ListedTable {
  name: string;
  isView?: boolean;
  rows?: number;
  sizeBytes?: number;
  columns?: TableColumn[];
}

export interface TablePage {
  database: string;
  tables: ListedTable[];
  nextToken?: string;
}

export interface TableColumn {
  name: string;
  /** Athena's type, as the catalog writes it: `decimal(9,2)`. */
  type: string;
  comment?: string;
}

export interface TableSummary {
  name: string;
  /** The dataset whose files it is made of: `sales` for `sales_by_location` too. */
  dataset: string;
  columns: TableColumn[];
  rows?: number;
  sizeBytes?: number;
  updatedAt?: number;
  location?: string;
}

/** A folder of the raw zone: its tables, or, where no table can be made of its files, only these. */
export interface DatasetSummary {
  name: string;
  tables: TableSummary[];
  /** True when files of it are catalogued as files (documents, images). */
  hasFiles: boolean;
}

export interface Catalog {
  database: string;
  datasets: DatasetSummary[];
}

export interface KeptContract {
  contract: Contract;
  /** Names this state of the document, so that a change can be refused when somebody else was faster. */
  etag: string;
  updatedAt?: number;
}

/** A file that is catalogued as a file. */
export interface CataloguedFile {
  key: string;
  sizeBytes: number;
  mediaType?: string | undefined;
  versionId?: string | undefined;
  /** Of an image, in pixels. */
  width?: number | undefined;
  height?: number | undefined;
  /** Of a document. */
  pages?: number | undefined;
  /** Of a text: ISO 639-1. */
  language?: string | undefined;
}

export const ListDownstream = z.object({ keys: z.array(z.string().min(1).max(1024)).max(10_000) });
export type ListDownstream = z.input<typeof ListDownstream>;

/** What is made of a dataset's files: it changes when they do. */
export interface DownstreamDataset {
  dataset: string;
  tables: { name: string; rows?: number | undefined; sizeBytes?: number | undefined }[];
  queries: { id: string; name: string; sql: string }[];
}

export const ListDatasetHistory = z.object({
  dataset: DatasetName,
  /** How many events have been shown already. */
  after: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
export type ListDatasetHistory = z.input<typeof ListDatasetHistory>;

/** What changed of a column, in a contract or in the catalog. */
export type ColumnChange = ContractChange;

/** `by`: the e-mail of who did it; left out for what was done outside of the console. */
export type HistoryEvent = (FileEvent & { by?: string; run?: FoundRun }) | TableEvent | ContractEvent;

export interface DatasetHistory {
  dataset: string;
  /** The dataset's own first. */
  tables: string[];
  events: HistoryEvent[];
  /** How many there are in all. */
  total: number;
  /** `after` of the next page. */
  next?: number;
  /** Set when there are more versions than this many, so that some are missing here. */
  lookedAt?: number;
}
