/** One crawl: reads S3 and writes the catalog as the crawler's role. */
import type { Engine } from '../../../engine/engine.ts';
import type { CallInside, Principal } from '../../../service.ts';
import type { ObjectStore } from '../../s3/object-store.ts';
import type { Catalog } from '../catalog.ts';
import type { Table, TableInput } from '../catalog-schemas.ts';
import { JobFiles } from '../jobs/job-files.ts';
import { type CrawledTable, locationOf, partitionLocation, tableInput } from './crawled-table.ts';
import type { Crawler, S3Target } from './crawler.ts';
import { describeFolder, type FolderDescription } from './describe-folder.ts';
import { excludes } from './exclusions.ts';
import { merged, type TableFolder, tableFolders } from './table-folders.ts';

export interface CrawlSummary {
  tablesCreated: number;
  tablesUpdated: number;
  tablesDeleted: number;
}

export interface CrawlOptions {
  crawler: Crawler;
  catalog: Catalog;
  store: ObjectStore;
  engine: Engine;
  inside: CallInside;
  principal: Principal;
  clock: () => number;
  signal: AbortSignal;
  log: (message: string) => void;
}

export async function crawl(options: CrawlOptions): Promise<CrawlSummary> {
  const files = new JobFiles({ store: options.store, inside: options.inside, principal: options.principal });
  try {
    const done = new Crawl(options, files);
    const folders: TableFolder[] = [];
    for (const target of options.crawler.Targets.S3Targets ?? []) folders.push(...(await done.foldersOf(target)));
    for (const folder of folders) await done.keep(folder);
    await done.missing(folders);
    return done.summary;
  } finally {
    files.release();
  }
}

class Crawl {
  readonly summary: CrawlSummary = { tablesCreated: 0, tablesUpdated: 0, tablesDeleted: 0 };
  readonly #options: CrawlOptions;
  readonly #files: JobFiles;
  readonly #database: string;

  constructor(options: CrawlOptions, files: JobFiles) {
    this.#options = options;
    this.#files = files;
    this.#database = options.crawler.DatabaseName ?? '';
  }

  /** The tables below a target. */
  async foldersOf({ Path, Exclusions = [] }: S3Target): Promise<TableFolder[]> {
    const [, bucket = '', path = ''] = /^(?:s3:\/\/)?([^/]+)\/?(.*)$/s.exec(Path) ?? [];
    const prefix = path === '' || path.endsWith('/') ? path : `${path}/`;
    const isExcluded = excludes(Exclusions);
    const objects = this.#files.list(bucket, prefix).filter(({ key }) => !isExcluded(key.slice(prefix.length)));
    const folders = tableFolders(bucket, prefix, objects);
    // Of a whole bucket each folder is a table, however alike they are.
    if (prefix === '' || folders[0]?.prefix === prefix || folders.length === 0) return folders;
    const descriptions = await Promise.all(folders.map((folder) => this.#describe(folder)));
    const columns = new Set(descriptions.map((description) => JSON.stringify(description?.columns)));
    return columns.size === 1 && descriptions[0] ? [merged(bucket, prefix, folders)] : folders;
  }

  /** Makes or updates the table of a folder. */
  async keep(folder: TableFolder): Promise<void> {
    const { signal, log } = this.#options;
    signal.throwIfAborted();
    const existing = this.#tableAt(locationOf(folder));
    // The pipeline knows these tables better than any guess from their files.
    if (existing?.Parameters?.['lacustre:dataset']) return log(`${existing.Name}: kept by the pipeline`);
    const description = await this.#describe(folder);
    if (!description) return log(`${locationOf(folder)}: no table`);
    const name = existing?.Name ?? tableName(folder.name, this.#options.crawler.TablePrefix);
    const crawled = { folder, description, name, crawlerName: this.#options.crawler.Name };
    await this.#write(crawled, existing ?? this.#options.catalog.findTable(this.#database, name));
    await this.#writePartitions(crawled);
  }

  /** Deals with tables of this crawler whose files are gone. */
  async missing(folders: TableFolder[]): Promise<void> {
    const { crawler, catalog, log } = this.#options;
    const behavior = crawler.SchemaChangePolicy?.DeleteBehavior ?? 'DEPRECATE_IN_DATABASE';
    const there = new Set(folders.map(locationOf));
    const own = catalog
      .listTables(this.#database)
      .filter(({ Parameters }) => Parameters?.UPDATED_BY_CRAWLER === crawler.Name);
    for (const table of own.filter(({ StorageDescriptor: sd }) => !there.has(withSlash(sd?.Location ?? '')))) {
      log(`${table.Name}: its files are gone`);
      if (behavior === 'DELETE_FROM_DATABASE') {
        await this.#call('DeleteTable', { DatabaseName: this.#database, Name: table.Name });
        this.summary.tablesDeleted++;
      } else if (behavior === 'DEPRECATE_IN_DATABASE') {
        const Parameters = { ...table.Parameters, DEPRECATED_BY_CRAWLER: String(this.#options.clock()) };
        await this.#call('UpdateTable', {
          DatabaseName: this.#database,
          TableInput: { ...inputOf(table), Parameters },
        });
      }
    }
  }

  async #write(crawled: CrawledTable, existing: Table | undefined): Promise<void> {
    const input = tableInput(crawled);
    const { crawler, log } = this.#options;
    if (!existing) {
      await this.#call('CreateTable', { DatabaseName: this.#database, TableInput: input });
      this.summary.tablesCreated++;
      return log(`${input.Name}: created`);
    }
    if (crawler.SchemaChangePolicy?.UpdateBehavior === 'LOG') return log(`${input.Name}: left as it is`);
    const { DEPRECATED_BY_CRAWLER: _deprecated, ...parameters } = existing.Parameters ?? {};
    const merged = { ...inputOf(existing), ...input, Parameters: { ...parameters, ...input.Parameters } };
    if (JSON.stringify(inputOf(existing)) === JSON.stringify(merged)) return log(`${input.Name}: unchanged`);
    await this.#call('UpdateTable', { DatabaseName: this.#database, TableInput: merged });
    this.summary.tablesUpdated++;
    log(`${input.Name}: updated`);
  }

  async #writePartitions({ folder, name }: CrawledTable): Promise<void> {
    if (folder.partitionKeys.length === 0) return;
    const table = this.#options.catalog.getTable(this.#database, name);
    const byValues = new Map(
      folder.files.map(({ values, version }) => [values.join('\0'), { values, key: version.key }]),
    );
    const known = new Set(
      this.#options.catalog.listPartitions(this.#database, name).map(({ Values }) => Values.join('\0')),
    );
    const inputs = [...byValues].map(([id, { values, key }]) => ({
      id,
      input: {
        Values: values,
        StorageDescriptor: { ...table.StorageDescriptor, Location: partitionLocation(folder, key) },
      },
    }));
    const added = inputs.filter(({ id }) => !known.has(id)).map(({ input }) => input);
    for (let at = 0; at < added.length; at += 100) {
      const PartitionInputList = added.slice(at, at + 100);
      await this.#call('BatchCreatePartition', { DatabaseName: this.#database, TableName: name, PartitionInputList });
    }
    for (const id of known) {
      if (byValues.has(id)) continue;
      await this.#call('DeletePartition', {
        DatabaseName: this.#database,
        TableName: name,
        PartitionValues: id.split('\0'),
      });
    }
  }

  #describe(folder: TableFolder): Promise<FolderDescription | undefined> {
    const { engine, signal } = this.#options;
    return describeFolder(folder, { engine, signal, path: (version) => this.#files.path(version) });
  }

  #tableAt(location: string): Table | undefined {
    const tables = this.#options.catalog.listTables(this.#database);
    return tables.find(({ StorageDescriptor }) => withSlash(StorageDescriptor?.Location ?? '') === location);
  }

  #call(operation: string, input: unknown): Promise<unknown> {
    return this.#options.inside.call('glue', operation, input, this.#options.principal);
  }
}

const withSlash = (location: string): string => (location === '' || location.endsWith('/') ? location : `${location}/`);

/** A folder whose name has the prefix already does not get it twice. */
function tableName(folder: string, prefix = ''): string {
  const name = folder.toLowerCase().replace(/[^a-z0-9_]+/g, '_');
  return name.startsWith(prefix.toLowerCase()) ? name : `${prefix.toLowerCase()}${name}`;
}

function inputOf({
  DatabaseName: _d,
  VersionId: _v,
  createdAt: _c,
  updatedAt: _u,
  createdBy: _b,
  ...input
}: Table): TableInput {
  return input;
}
