import { z } from 'zod';
import type { AccessDecision } from '@/lib/access/access-decision';
import type { Role } from '@/lib/auth/permissions';
import { Contract } from '@/lib/languages/contract/contract.ts';
import type { ContractChange } from '@/lib/languages/contract/contract-diff.ts';
import type { GrowthPoint } from '@/lib/languages/contract/table-growth.ts';
import type { FoundRun } from '@/lib/runs/schemas';
import { DatasetName, type Zone } from '@/lib/storage/schemas';
import type { ContractEvent } from './contract-events';
import type { FileEvent } from './file-events';
import type { TableEvent } from './table-events';

/** Glue takes any name here; what Athena can read is narrower. */
const CatalogName = z.string().min(1).max(255);

/** `table` of the lake's own database, or `database.table`. */
const DatasetAddress = z.string().min(1).max(511);

export const FindDataset = z.object({ name: DatasetAddress });
export type FindDataset = z.input<typeof FindDataset>;

export const CLASSIFICATIONS = ['public', 'internal', 'confidential', 'personal'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

/** What people write about a table. */
export interface TableMetadata {
  description?: string;
  owner?: string;
  tags?: string[];
  classification?: Classification;
  /** New rows are expected within so many hours. */
  cadenceHours?: number;
}

/** A value as it was when the person looked, and as they want it; both as the form has them, empty for none. */
const change = <T extends z.ZodType<string>>(after: T) => z.object({ before: z.string().max(10_000), after });
const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\r\n\t]*$/, 'One line, without tabs.');

/** Glue's own limits: https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html */
export const MAX_DESCRIPTION = 2048;
export const MAX_COMMENT = 255;
const MAX_TAGS = 20;

const Tags = z.string().max(1000).transform(tidyTags).pipe(line(1000));

function tidyTags(text: string): string {
  const tags = text.split(',').map((tag) => tag.trim().replaceAll(/\s+/g, ' '));
  return [...new Set(tags.filter(Boolean))].slice(0, MAX_TAGS).join(',');
}

export const EditMetadata = z.object({
  table: DatasetAddress,
  description: change(z.string().trim().max(MAX_DESCRIPTION)).optional(),
  owner: change(line(255)).optional(),
  /** Separated by commas. */
  tags: change(Tags).optional(),
  classification: change(z.enum(['', ...CLASSIFICATIONS])).optional(),
  cadenceHours: change(z.string().regex(/^(?:[1-9]\d{0,4})?$/, 'A number of hours, from 1 to 99999.')).optional(),
  /** By column. */
  comments: z.record(CatalogName, change(line(MAX_COMMENT))).default({}),
});
export type EditMetadata = z.input<typeof EditMetadata>;

/** A field of a table's metadata: one of `EditMetadata`'s, or `comments.` and a column. */
export interface MetadataChange {
  field: string;
  before: string;
  after: string;
}

export const ListMetadataEdits = z.object({ table: DatasetAddress });
export type ListMetadataEdits = z.input<typeof ListMetadataEdits>;

export interface MetadataEdit {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  by: string;
  changes: MetadataChange[];
}

export const FindContract = z.object({ dataset: DatasetName });
export type FindContract = z.input<typeof FindContract>;

export const KeepContract = z.object({
  dataset: DatasetName,
  contract: Contract,
  /** The ETag of the contract that was looked at; left out when there was none. */
  etag: z.string().max(256).optional(),
});
export type KeepContract = z.input<typeof KeepContract>;

export const SampleTable = z.object({ table: DatasetAddress });
export type SampleTable = z.input<typeof SampleTable>;

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

export interface TableSummary extends TableMetadata {
  database: string;
  name: string;
  /** The dataset whose files it is made of: `sales` for `sales_by_location` too. */
  dataset: string;
  columns: TableColumn[];
  /** Names of the columns that rows are laid out by; they are among the columns too. */
  partitionKeys?: string[];
  rows?: number;
  sizeBytes?: number;
  updatedAt?: number;
  /** When its rows last changed, where that is known. */
  loadedAt?: number;
  location?: string;
  /** `parquet`, `csv`, `json`… as the catalog classifies it. */
  format?: string;
  isView?: boolean;
  /** What the last runs left, oldest first. */
  growth?: GrowthPoint[];
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

/** A row of the catalog: a table of any database, or a dataset that has files only. */
export interface ListedDataset extends TableMetadata {
  /** What its page is called by. */
  address: string;
  database: string;
  name: string;
  dataset: string;
  /** Undefined for files only. */
  columnCount?: number;
  rows?: number;
  sizeBytes?: number;
  loadedAt?: number;
  format?: string;
  zone?: Zone;
  isView?: boolean;
}

export interface CatalogListing {
  database: string;
  datasets: ListedDataset[];
  /** Databases whose tables the person's role may not see. */
  hidden: string[];
}

export const ListPartitions = z.object({
  table: DatasetAddress,
  /** As Glue takes it: `day >= '2026-01-01' AND store IN (1, 2)`. */
  where: z.string().trim().max(2048).default(''),
  after: z.string().max(4096).optional(),
});
export type ListPartitions = z.input<typeof ListPartitions>;

export interface ListedPartition {
  /** In the order of the table's partition keys. */
  values: string[];
  location?: string;
  rows?: number;
  files?: number;
  sizeBytes?: number;
  /** There are more files than were looked at: `files` and `sizeBytes` are the least there is. */
  isCut?: boolean;
  createdAt?: number;
}

export interface PartitionPage {
  partitions: ListedPartition[];
  nextToken?: string;
}

export interface PartitionCount {
  count: number;
  /** There are more. */
  isCut: boolean;
}

export const ListTableAccess = z.object({ table: DatasetAddress });
export type ListTableAccess = z.input<typeof ListTableAccess>;

/** A decision with the statement that decided, as its policy has it, as JSON. */
export interface TableDecision extends AccessDecision {
  statement?: string;
}

/** `entry`: the table in the catalog; `rows`: the objects of its location; `query`: Athena, over both. */
export const ACCESS_PARTS = ['entry', 'rows', 'query'] as const;
export type AccessPart = (typeof ACCESS_PARTS)[number];

/** What people of a role may do with a table. */
export interface RoleAccess {
  role: Role;
  roleName: string;
  /** For each part the requests that it takes: all of them must be allowed. `rows` is empty for what has no location. */
  decisions: Record<AccessPart, TableDecision[]>;
  /** Policies that count too, and that could not be read here. */
  unread: string[];
}

export interface TableAccess {
  roles: RoleAccess[];
  people: { id: string; name: string; email: string; role: Role }[];
  /** False where only the person's own row is shown. */
  isWhole: boolean;
}

/** How good a table's rows were when last evaluated. */
export interface TableScore {
  /** 0 to 1. */
  score: number;
  failingRules: number;
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
