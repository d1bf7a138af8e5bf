/**
 * One crawl: reads S3 and writes the catalog as the crawler's role. What it makes of the files is decided in
 * lib/languages/crawl; what it does about it, by the crawler's policies.
 */

import type { Classifier } from '../../../../../lib/languages/crawl/classifier.ts';
import { parseConfiguration } from '../../../../../lib/languages/crawl/crawl-configuration.ts';
import type { PlannedTable } from '../../../../../lib/languages/crawl/crawl-plan.ts';
import { tableInput } from '../../../../../lib/languages/crawl/table-input.ts';
import type { CallInside, Principal } from '../../../service.ts';
import type { ObjectStore } from '../../s3/object-store.ts';
import type { Catalog } from '../catalog.ts';
import type { Table } from '../catalog-schemas.ts';
import { JobFiles } from '../jobs/job-files.ts';
import { type CrawlSummary, emptySummary } from './crawl-summary.ts';
import { crawlTarget } from './crawl-target.ts';
import type { Crawler } from './crawler.ts';
import { hasSameColumns, inputOf, isPinned, updatedInput, withSlash } from './updated-table.ts';
import { PartitionWriter } from './write-partitions.ts';

/** A custom classifier by its name, in the shape that a crawl asks it in. */
export type FindClassifier = (name: string) => Classifier | undefined;

export interface CrawlOptions {
  crawler: Crawler;
  catalog: Catalog;
  store: ObjectStore;
  inside: CallInside;
  principal: Principal;
  classifier: FindClassifier;
  /** Whether a former crawl has looked at a folder. */
  isKnown: (folder: string) => boolean;
  clock: () => number;
  signal: AbortSignal;
  log: (message: string) => void;
}

export async function crawl(options: CrawlOptions): Promise<{ summary: CrawlSummary; folders: string[] }> {
  const files = new JobFiles({ store: options.store, inside: options.inside, principal: options.principal });
  try {
    return await new Crawl(options, files).run();
  } finally {
    files.release();
  }
}

class Crawl {
  readonly #summary = emptySummary();
  readonly #options: CrawlOptions;
  readonly #files: JobFiles;
  readonly #database: string;
  readonly #configuration;
  readonly #partitions;
  /** Later crawls of new folders alone: what is known stays as it is. */
  readonly #isIncremental: boolean;

  constructor(options: CrawlOptions, files: JobFiles) {
    const { crawler, catalog } = options;
    this.#options = options;
    this.#files = files;
    this.#database = crawler.DatabaseName ?? '';
    this.#configuration = parseConfiguration(crawler.Configuration);
    const call = (operation: string, input: Record<string, unknown>) => this.#call(operation, input);
    this.#partitions = new PartitionWriter({ catalog, database: this.#database, summary: this.#summary, call });
    this.#isIncremental =
      crawler.RecrawlPolicy?.RecrawlBehavior === 'CRAWL_NEW_FOLDERS_ONLY' && crawler.lastCrawl?.status === 'SUCCEEDED';
  }

  async run(): Promise<{ summary: CrawlSummary; folders: string[] }> {
    const tables: PlannedTable[] = [];
    const folders: string[] = [];
    for (const target of this.#options.crawler.Targets.S3Targets ?? []) {
      const plan = await crawlTarget(target, {
        files: this.#files,
        configuration: this.#configuration,
        classifiers: this.#classifiers(),
        tablePrefix: this.#options.crawler.TablePrefix,
        existing: this.#existing(tables),
        isKnown: this.#isIncremental ? this.#options.isKnown : undefined,
        signal: this.#options.signal,
      });
      for (const { code, values } of plan.reasons)
        this.#options.log(`${target.Path}: ${code} ${JSON.stringify(values)}`);
      tables.push(...plan.tables);
      folders.push(...plan.folders);
    }
    for (const table of tables) await this.#keep(table);
    if (!this.#isIncremental) await this.#missing(tables);
    return { summary: this.#summary, folders };
  }

  #classifiers(): Classifier[] {
    const { crawler, classifier, log } = this.#options;
    return (crawler.Classifiers ?? []).flatMap((name) => {
      const found = classifier(name);
      if (!found) log(`The classifier ${name} is not there, or is of a kind that is not read here`);
      return found ?? [];
    });
  }

  #existing(planned: PlannedTable[]) {
    const there = this.#options.catalog.listTables(this.#database).map((table) => ({
      name: table.Name,
      location: table.StorageDescriptor?.Location ?? '',
      isKept: table.Parameters?.['lacustre:dataset'] !== undefined,
    }));
    return [...there, ...planned.map(({ name, location }) => ({ name, location, isKept: false }))];
  }

  /** Makes or updates a table. */
  async #keep(planned: PlannedTable): Promise<void> {
    const { signal, log } = this.#options;
    signal.throwIfAborted();
    for (const { code, values } of planned.reasons) log(`${planned.name}: ${code} ${JSON.stringify(values)}`);
    const existing = this.#options.catalog.findTable(this.#database, planned.name);
    if (existing && this.#isIncremental && !fits(planned, existing)) {
      log(`${planned.name}: its new folders do not fit, and are left out`);
      return;
    }
    const isChanged = existing ? await this.#update(planned, existing) : await this.#create(planned);
    await this.#partitions.write(planned, {
      inherits: this.#configuration.partitionsInherit && isChanged,
      deletes: !this.#isIncremental,
    });
  }

  async #create(planned: PlannedTable): Promise<boolean> {
    const TableInput = tableInput(planned, this.#options.crawler.Name);
    await this.#call('CreateTable', { DatabaseName: this.#database, TableInput });
    this.#summary.created.push(planned.name);
    this.#options.log(`${planned.name}: created`);
    return false;
  }

  /** True where its columns changed. */
  async #update(planned: PlannedTable, existing: Table): Promise<boolean> {
    const { crawler, log } = this.#options;
    if (isPinned(existing)) return this.#left(existing, 'pinned');
    if (this.#isIncremental || crawler.SchemaChangePolicy?.UpdateBehavior === 'LOG')
      return this.#left(existing, 'left as it is');
    const TableInput = updatedInput(existing, tableInput(planned, crawler.Name), this.#configuration.addsColumnsOnly);
    if (JSON.stringify(inputOf(existing)) === JSON.stringify(TableInput)) return this.#left(existing, 'unchanged');
    const isSame = hasSameColumns(existing, TableInput);
    // Figures alone are not worth a version.
    await this.#call('UpdateTable', { DatabaseName: this.#database, TableInput, SkipArchive: isSame });
    this.#summary.updated.push(existing.Name);
    log(`${existing.Name}: updated`);
    return !isSame;
  }

  #left({ Name }: Table, how: string): false {
    this.#options.log(`${Name}: ${how}`);
    return false;
  }

  /** Deals with tables of this crawler whose files are gone. */
  async #missing(planned: PlannedTable[]): Promise<void> {
    const { crawler, catalog, log } = this.#options;
    const behavior = crawler.SchemaChangePolicy?.DeleteBehavior ?? 'DEPRECATE_IN_DATABASE';
    const there = new Set(planned.map(({ location }) => withSlash(location)));
    const own = catalog
      .listTables(this.#database)
      .filter(({ Parameters }) => Parameters?.UPDATED_BY_CRAWLER === crawler.Name);
    for (const table of own.filter(({ StorageDescriptor: sd }) => !there.has(withSlash(sd?.Location ?? '')))) {
      log(`${table.Name}: its files are gone`);
      if (behavior === 'DELETE_FROM_DATABASE') {
        await this.#call('DeleteTable', { DatabaseName: this.#database, Name: table.Name });
        this.#summary.deleted.push(table.Name);
      } else if (behavior === 'DEPRECATE_IN_DATABASE' && !table.Parameters?.DEPRECATED_BY_CRAWLER) {
        const Parameters = { ...table.Parameters, DEPRECATED_BY_CRAWLER: String(this.#options.clock()) };
        const TableInput = { ...inputOf(table), Parameters };
        await this.#call('UpdateTable', { DatabaseName: this.#database, TableInput });
        this.#summary.updated.push(table.Name);
      }
    }
  }

  #call(operation: string, input: unknown): Promise<unknown> {
    return this.#options.inside.call('glue', operation, input, this.#options.principal);
  }
}

/** Whether new folders of a table can be partitions of it. */
function fits({ classification, partitionKeys }: PlannedTable, { Parameters, PartitionKeys = [] }: Table): boolean {
  const isSameFormat = Parameters?.classification === undefined || Parameters.classification === classification;
  return (
    isSameFormat && partitionKeys.map(({ name }) => name).join('/') === PartitionKeys.map(({ Name }) => Name).join('/')
  );
}
