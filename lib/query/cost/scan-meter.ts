import 'server-only';
import type { Table } from '@aws-sdk/client-glue';
import type { Context } from '@/lib/auth';
import { withLimit } from '@/lib/aws/with-limit';
import type { PartitionKey } from '@/lib/languages/trino-sql/cost/partition-test.ts';
import type { TableScan } from '@/lib/languages/trino-sql/cost/scan-scope.ts';
import { tableScans, UnknownTable } from '@/lib/languages/trino-sql/cost/table-scans.ts';
import { parseQuery } from '@/lib/languages/trino-sql/query-parser.ts';
import { CatalogReader } from './catalog-reader';
import { type DataFile, FileReader, type Footer } from './file-reader';
import { knownTables } from './known-tables';
import { neededPlaces } from './needed-places';
import { comingFiles, comingTables, type PastSource } from './past-tables';
import type { EstimatedTable } from './schemas';
import { UnknownCost } from './unknown-cost';

/** So many footers are read anew at most; of more files, an even sample stands for all. */
const SAMPLE_FILES = 20;
const CALLS_AT_ONCE = 10;
/** Above this, one list of the whole table is fewer calls than one for each partition. */
const PLACES_TO_LIST_APART = 12;

export interface MeasuredPartition {
  values: string[];
  files: DataFile[];
}

export interface MeasuredScan {
  scan: TableScan;
  table: Table;
  keys: PartitionKey[];
  partitions: MeasuredPartition[];
  /** Of the files that were looked into. */
  footers: { file: DataFile; footer: Footer; values: string[] }[];
  estimate: EstimatedTable;
  /** What each needed column weighs, in all files that are read. */
  columnBytes: Map<string, number>;
}

/** Finds out what queries read, for one person and one statement; what it has asked for once, it keeps. */
export class ScanMeter {
  readonly catalog: CatalogReader;
  readonly #files: FileReader;
  readonly #database: string;
  readonly #now: Date;

  /** `past` are the tables of the past that its statements read. */
  constructor(
    ctx: Context,
    options: { database: string; signal: AbortSignal; now: Date; past: readonly PastSource[] },
  ) {
    this.catalog = new CatalogReader(ctx, options.signal, comingTables(options.past));
    this.#files = new FileReader(ctx, options.signal, comingFiles(options.past));
    this.#database = options.database;
    this.#now = options.now;
  }

  async measure(sql: string): Promise<MeasuredScan[]> {
    const tables = new Map<string, Table>();
    const find = await knownTables(sql, this.#database, this.catalog, tables);
    const scans = scansOf(sql, find);
    return Promise.all(scans.map((scan) => this.#measureScan(scan, tables.get(scan.table.name) as Table)));
  }

  async #measureScan(scan: TableScan, table: Table): Promise<MeasuredScan> {
    const { name } = scan.table;
    const keys = (table.PartitionKeys ?? []).map(({ Name = '', Type = '' }) => ({
      name: Name.toLowerCase(),
      type: Type,
    }));
    const format = formatOf(table, name);
    const partitions = await this.#partitions(scan, table, keys);
    const files = partitions.flatMap((partition) =>
      partition.files.map((file) => ({ file, values: partition.values })),
    );
    const fileBytes = files.reduce((sum, { file }) => sum + file.sizeBytes, 0);
    const shared = { scan, table, keys, partitions };
    const facts = {
      name,
      format,
      fileBytes,
      files: files.length,
      ...(keys.length > 0 ? { partitions: partitions.length } : {}),
      columns: new Set([...scan.columns].map((column) => column.split('.')[0])).size,
      allColumns: scan.table.columns.length,
    };
    if (format !== 'parquet') {
      const estimate = { ...facts, bytes: fileBytes, sampledFiles: files.length };
      return { ...shared, footers: [], columnBytes: new Map(), estimate };
    }
    const looked = await this.#footers(files, name);
    const columnBytes = new Map([...scan.columns].map((column) => [column, weigh(column, looked, fileBytes)] as const));
    const bytes = Math.round([...leaves(scan, looked)].reduce((sum, leaf) => sum + weigh(leaf, looked, fileBytes), 0));
    return { ...shared, footers: looked, columnBytes, estimate: { ...facts, bytes, sampledFiles: looked.length } };
  }

  async #partitions(scan: TableScan, table: Table, keys: PartitionKey[]): Promise<MeasuredPartition[]> {
    const { name } = scan.table;
    const { root, places } = await neededPlaces(scan, table, keys, { catalog: this.catalog, now: this.#now });
    const isInside = ({ place }: (typeof places)[number]) =>
      place.bucket === root.bucket && place.prefix.startsWith(root.prefix);
    const isListedOnce = places.length > PLACES_TO_LIST_APART;
    const together = isListedOnce ? byFolder(await this.#files.list(root, name)) : undefined;
    return withLimit(places, CALLS_AT_ONCE, async (each) => ({
      values: each.values,
      files:
        together && isInside(each) ? (together.get(each.place.prefix) ?? []) : await this.#files.list(each.place, name),
    }));
  }

  async #footers(
    files: { file: DataFile; values: string[] }[],
    table: string,
  ): Promise<{ file: DataFile; footer: Footer; values: string[] }[]> {
    const known = files.filter(({ file }) => this.#files.hasFooter(file));
    const unread = files.filter(({ file }) => !this.#files.hasFooter(file));
    const looked = [...known, ...evenly(unread, SAMPLE_FILES)];
    const read = await withLimit(looked, CALLS_AT_ONCE, async ({ file, values }) => {
      const footer = await this.#files.readFooter(file, table);
      if (!footer) throw new UnknownCost('format', table);
      return { file, footer, values };
    });
    return read;
  }
}

function scansOf(sql: string, find: Parameters<typeof tableScans>[1]): TableScan[] {
  try {
    return tableScans(parseQuery(sql), find);
  } catch (error) {
    throw error instanceof UnknownTable ? new UnknownCost('table', error.message, error) : error;
  }
}

/** https://docs.aws.amazon.com/athena/latest/ug/supported-serdes.html */
function formatOf(table: Table, name: string): EstimatedTable['format'] {
  if (table.Parameters?.table_type?.toLowerCase() === 'iceberg') throw new UnknownCost('format', name);
  const serde = table.StorageDescriptor?.SerdeInfo?.SerializationLibrary?.split('.').at(-1) ?? '';
  if (serde === 'ParquetHiveSerDe') return 'parquet';
  return serde === 'OrcSerde' ? 'orc' : 'text';
}

function byFolder(files: readonly DataFile[]): Map<string, DataFile[]> {
  const folders = new Map<string, DataFile[]>();
  for (const file of files) {
    // A file belongs to every folder above it: which of them are partitions, the catalog says.
    for (let slash = file.key.indexOf('/'); slash >= 0; slash = file.key.indexOf('/', slash + 1)) {
      const folder = file.key.slice(0, slash + 1);
      const inside = folders.get(folder);
      if (inside) inside.push(file);
      else folders.set(folder, [file]);
    }
  }
  return folders;
}

function evenly<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)] as T);
}

type Looked = MeasuredScan['footers'];

/** The leaf columns that a scan needs: of a nested column all, of a field of it that one. */
function leaves(scan: TableScan, looked: Looked): Set<string> {
  const all = new Set(looked.flatMap(({ footer }) => [...footer.keys()]));
  return new Set([...scan.columns].flatMap((column) => leavesOf(column, all)));
}

function leavesOf(column: string, all: ReadonlySet<string>): string[] {
  for (let name = column; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const found = [...all].filter((leaf) => leaf === name || leaf.startsWith(`${name}.`));
    if (found.length > 0) return found;
  }
  return [];
}

/** A column's bytes in the files that were looked into, carried over to all by what files weigh. */
function weigh(column: string, looked: Looked, fileBytes: number): number {
  let bytes = 0;
  let lookedBytes = 0;
  for (const { file, footer } of looked) {
    lookedBytes += file.sizeBytes;
    for (const [leaf, chunk] of footer) if (leaf === column || leaf.startsWith(`${column}.`)) bytes += chunk.bytes;
  }
  return lookedBytes === 0 ? 0 : bytes * (fileBytes / lookedBytes);
}
