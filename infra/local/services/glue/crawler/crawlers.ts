/** Definitions of crawlers and their crawls. A crawl that the lake's death cut off is done again: it only describes. */

import { randomUUID } from 'node:crypto';
import { Scheduler } from '../../../schedule/scheduler.ts';
import type { Log } from '../../../service.ts';
import type { State } from '../../../state/state.ts';
import { alreadyExists, entityNotFound, glueError, invalidInput } from '../errors.ts';
import { type CrawlSummary, emptySummary } from './crawl-summary.ts';
import type { Crawler, CrawlerInput, CrawlerUpdate, LastCrawl } from './crawler.ts';
import { mustBeCron, scheduleChanges } from './crawler-schedule.ts';

/** What a crawl changed, and the folders (`s3://bucket/folder/`) that it has seen files in. */
interface Crawled {
  summary: CrawlSummary;
  folders: string[];
}

/** `isKnown` tells whether a former crawl has looked at a folder. */
export type ExecuteCrawl = (
  crawler: Crawler,
  signal: AbortSignal,
  isKnown: (folder: string) => boolean,
) => Promise<Crawled>;

export interface CrawlersOptions {
  state: State;
  execute: ExecuteCrawl;
  clock: () => number;
  log: Log;
}

export class Crawlers {
  readonly #options: CrawlersOptions;
  readonly #crawlers;
  readonly #scheduler: Scheduler;
  /** By crawler and time. */
  readonly #crawls;
  /** By crawler and address. */
  readonly #folders;
  readonly #running = new Map<string, { stop: AbortController; ended: Promise<void> }>();

  private constructor(options: CrawlersOptions, scheduler: Scheduler) {
    this.#options = options;
    this.#scheduler = scheduler;
    this.#crawlers = options.state.table<Crawler>('glue.crawlers');
    this.#crawls = options.state.table<LastCrawl>('glue.crawls');
    this.#folders = options.state.table<true>('glue.crawled-folders');
  }

  static async start(options: CrawlersOptions): Promise<Crawlers> {
    const fire = (name: string) => crawlers.#startDue(name);
    const scheduler = await Scheduler.start({ ...options, owner: 'glue.crawlers', fire });
    const crawlers = new Crawlers(options, scheduler);
    for (const crawler of crawlers.list()) if (crawler.state !== 'READY') crawlers.#execute(crawler);
    return crawlers;
  }

  list(): Crawler[] {
    return Array.from(this.#crawlers.range(), ({ value }) => value);
  }

  find(name: string): Crawler | undefined {
    return this.#crawlers.get([name]);
  }

  get(name: string): Crawler {
    const crawler = this.find(name);
    if (!crawler) throw entityNotFound(`Crawler entry with name ${name} does not exist`);
    return crawler;
  }

  /** The crawls that are over, newest first. */
  listCrawls(name: string): LastCrawl[] {
    return Array.from(this.#crawls.under([this.get(name).Name], { reverse: true }), ({ value }) => value);
  }

  create({ Tags: _tags, ...input }: CrawlerInput): Promise<void> {
    mustHaveTargets(input);
    mustOnlyLog(input);
    mustBeCron(input.Schedule);
    return this.#options.state.commit(() => {
      if (this.find(input.Name)) throw alreadyExists(`${input.Name} already exists`);
      const now = this.#options.clock();
      const isScheduled = Boolean(input.Schedule);
      this.#keep({ ...input, isScheduled, state: 'READY', createdAt: now, updatedAt: now, version: 1 });
    });
  }

  /** Changes what the update names, and leaves the rest. */
  update(update: CrawlerUpdate): Promise<void> {
    mustBeCron(update.Schedule);
    return this.#options.state.commit(() => {
      const crawler = this.#ready(update.Name);
      const given = Object.fromEntries(Object.entries(update).filter(([, value]) => value !== undefined));
      const changed = { ...crawler, ...given, updatedAt: this.#options.clock(), version: crawler.version + 1 };
      mustHaveTargets(changed);
      mustOnlyLog(changed);
      // A schedule that is given is kept from now on, as a new crawler's is.
      this.#keep(update.Schedule === undefined ? changed : { ...changed, isScheduled: update.Schedule !== '' });
    });
  }

  delete(name: string): Promise<void> {
    return this.#options.state.commit(() => {
      const { Name } = this.#ready(name);
      for (const { key } of [...this.#crawls.under([Name])]) this.#crawls.remove(key);
      for (const { key } of [...this.#folders.under([Name])]) this.#folders.remove(key);
      this.#crawlers.remove([Name]);
      this.#scheduler.remove(Name);
    });
  }

  startSchedule(name: string): Promise<void> {
    return this.#options.state.commit(() => this.#keep(scheduleChanges.start(this.get(name))));
  }

  stopSchedule(name: string): Promise<void> {
    return this.#options.state.commit(() => this.#keep(scheduleChanges.stop(this.get(name))));
  }

  /** Also while it crawls. */
  updateSchedule(name: string, expression: string): Promise<void> {
    mustBeCron(expression);
    return this.#options.state.commit(() => this.#keep(scheduleChanges.update(this.get(name), expression)));
  }

  async startCrawl(name: string): Promise<void> {
    const crawler = await this.#options.state.commit(() =>
      this.#put(this.#ready(name), { state: 'RUNNING', startedAt: this.#options.clock() }),
    );
    this.#execute(crawler);
  }

  async stopCrawl(name: string): Promise<void> {
    await this.#options.state.commit(() => {
      // Looked at here, since the crawl may end at any moment.
      const crawler = this.get(name);
      if (crawler.state === 'READY')
        throw glueError('CrawlerNotRunningException', `Crawler with name ${name} isn't running`);
      if (crawler.state === 'STOPPING')
        throw glueError('CrawlerStoppingException', `Crawler with name ${name} is stopping`);
      this.#put(crawler, { state: 'STOPPING' });
    });
    this.#running.get(name)?.stop.abort('STOPPED');
  }

  async close(): Promise<void> {
    await this.#scheduler.close();
    const running = [...this.#running.values()];
    for (const { stop } of running) stop.abort('CLOSED');
    await Promise.all(running.map(({ ended }) => ended));
  }

  #ready(name: string): Crawler {
    const crawler = this.get(name);
    if (crawler.state !== 'READY')
      throw glueError('CrawlerRunningException', `Crawler with name ${name} has already started`);
    return crawler;
  }

  #execute(crawler: Crawler): void {
    const stop = new AbortController();
    if (crawler.state === 'STOPPING') stop.abort('STOPPED');
    const ended = this.#crawl(crawler, stop.signal).finally(() => this.#running.delete(crawler.Name));
    this.#running.set(crawler.Name, { stop, ended });
  }

  async #crawl(crawler: Crawler, signal: AbortSignal): Promise<void> {
    const none = emptySummary();
    try {
      signal.throwIfAborted();
      const isKnown = (folder: string) => this.#folders.get([crawler.Name, folder]) !== undefined;
      const { summary, folders } = await this.#options.execute(crawler, signal, isKnown);
      await this.#end(crawler, { status: 'SUCCEEDED', ...summary }, folders);
    } catch (error) {
      if (signal.aborted && signal.reason === 'CLOSED') return;
      if (signal.aborted) return this.#end(crawler, { status: 'CANCELLED', ...none });
      const errorMessage = error instanceof Error ? error.message : String(error);
      this.#options.log.warn('a crawl failed', { crawler: crawler.Name, error: errorMessage });
      await this.#end(crawler, { status: 'FAILED', errorMessage, ...none });
    }
  }

  async #end(
    { Name, startedAt = 0 }: Crawler,
    crawl: Omit<LastCrawl, 'id' | 'startedAt' | 'endedAt'>,
    folders: string[] = [],
  ): Promise<void> {
    const lastCrawl = { ...crawl, id: randomUUID(), startedAt, endedAt: this.#options.clock() };
    await this.#options.state
      .commit(() => {
        this.#put(this.get(Name), { state: 'READY', lastCrawl });
        this.#crawls.put([Name, startedAt, lastCrawl.id], lastCrawl);
        for (const folder of folders) this.#folders.put([Name, folder], true);
        const kept = [...this.#crawls.under([Name], { reverse: true })];
        for (const { key } of kept.slice(crawlsKept)) this.#crawls.remove(key);
      })
      .catch((error) =>
        this.#options.log.error('the end of a crawl could not be kept', { crawler: Name, error: String(error) }),
      );
  }

  /** Inside the commit of its schedule. One that still crawls is not started again. */
  #startDue(name: string): void {
    const crawler = this.find(name);
    if (crawler?.state !== 'READY') return;
    const started = this.#put(crawler, { state: 'RUNNING', startedAt: this.#options.clock() });
    this.#options.state.afterCommit(() => this.#execute(started));
  }

  #keep(crawler: Crawler): void {
    this.#crawlers.put([crawler.Name], crawler);
    if (crawler.isScheduled && crawler.Schedule) this.#scheduler.set(crawler.Name, crawler.Schedule);
    else this.#scheduler.remove(crawler.Name);
  }

  #put(crawler: Crawler, change: Partial<Crawler>): Crawler {
    const changed = { ...crawler, ...change };
    this.#crawlers.put([crawler.Name], changed);
    return changed;
  }
}

/** Glue keeps a year of them: https://docs.aws.amazon.com/glue/latest/dg/console-crawlers-details.html */
const crawlsKept = 500;

/** A crawl of new folders alone neither sees what changed in the others, nor that they are gone. */
function mustOnlyLog({
  RecrawlPolicy,
  SchemaChangePolicy,
}: Pick<CrawlerInput, 'RecrawlPolicy' | 'SchemaChangePolicy'>) {
  if (RecrawlPolicy?.RecrawlBehavior !== 'CRAWL_NEW_FOLDERS_ONLY') return;
  if (SchemaChangePolicy?.UpdateBehavior === 'LOG' && SchemaChangePolicy.DeleteBehavior === 'LOG') return;
  throw invalidInput(
    'The SchemaChangePolicy for "Crawl new folders only" Amazon S3 target can have only LOG DeleteBehavior value and LOG UpdateBehavior value.',
  );
}

function mustHaveTargets({ Targets, DatabaseName }: Pick<CrawlerInput, 'Targets' | 'DatabaseName'>): void {
  if (!Targets.S3Targets?.length) throw invalidInput('The crawler has no targets: give it at least one S3 path.');
  if (!DatabaseName) throw invalidInput('The crawler has no database: give it a DatabaseName.');
}
