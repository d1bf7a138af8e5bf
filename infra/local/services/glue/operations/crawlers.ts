import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import { type Crawler, CrawlerInput, CrawlerName, CrawlerUpdate } from '../crawler/crawler.ts';
import type { Crawlers } from '../crawler/crawlers.ts';
import { Paging, pageOf } from '../paging.ts';
import type { Tags } from '../tags.ts';
import { passRole } from './pass-role.ts';

const OneCrawler = z.object({ Name: CrawlerName });

export function crawlerOperations(
  crawlers: Crawlers,
  arns: GlueArns,
  tags: Tags,
  clock: () => number,
): Record<string, Operation> {
  const nameOf = ({ Name }: Crawler) => Name;
  /** An operation that takes a crawler's name and answers nothing. */
  const command = (action: string, run: (name: string) => Promise<void>) =>
    operation({
      input: OneCrawler,
      access: ({ Name }) => arns.onCrawler(action, Name),
      run: async ({ Name }) => {
        await run(Name);
        return {};
      },
    });
  return {
    CreateCrawler: operation({
      input: CrawlerInput,
      access: ({ Name, Role }) => [...arns.onCrawler('CreateCrawler', Name), ...passRole(Role)],
      run: async (input) => {
        await crawlers.create(input);
        if (input.Tags) await tags.add(arns.crawler(input.Name), input.Tags);
        return {};
      },
    }),
    UpdateCrawler: operation({
      input: CrawlerUpdate,
      access: ({ Name, Role }) => [...arns.onCrawler('UpdateCrawler', Name), ...(Role ? passRole(Role) : [])],
      run: async (input) => {
        await crawlers.update(input);
        return {};
      },
    }),
    GetCrawler: operation({
      input: OneCrawler,
      access: ({ Name }) => arns.onCrawler('GetCrawler', Name),
      run: ({ Name }) => ({ Crawler: crawlerOut(crawlers.get(Name), clock()) }),
    }),
    GetCrawlers: operation({
      input: z.object(Paging),
      access: () => arns.onCrawler('GetCrawlers', '*'),
      run: (input) => {
        const { items, NextToken } = pageOf(crawlers.list(), input, nameOf);
        return { Crawlers: items.map((crawler) => crawlerOut(crawler, clock())), NextToken };
      },
    }),
    ListCrawlers: operation({
      input: z.object(Paging),
      access: () => arns.onCrawler('ListCrawlers', '*'),
      run: (input) => {
        const { items, NextToken } = pageOf(crawlers.list(), input, nameOf);
        return { CrawlerNames: items.map(nameOf), NextToken };
      },
    }),
    GetCrawlerMetrics: operation({
      input: z.object({ CrawlerNameList: z.array(z.string()).optional(), ...Paging }),
      access: () => arns.onCrawler('GetCrawlerMetrics', '*'),
      run: ({ CrawlerNameList = [], ...paging }) => {
        const wanted = crawlers
          .list()
          .filter(({ Name }) => CrawlerNameList.length === 0 || CrawlerNameList.includes(Name));
        const { items, NextToken } = pageOf(wanted, paging, nameOf);
        return { CrawlerMetricsList: items.map(metricsOut), NextToken };
      },
    }),
    StartCrawler: command('StartCrawler', (name) => crawlers.startCrawl(name)),
    StopCrawler: command('StopCrawler', (name) => crawlers.stopCrawl(name)),
    DeleteCrawler: command('DeleteCrawler', async (name) => {
      await crawlers.delete(name);
      await tags.forget(arns.crawler(name));
    }),
  };
}

function crawlerOut(crawler: Crawler, now: number) {
  const { state, createdAt, updatedAt, version, startedAt, lastCrawl, Schedule, isScheduled, ...definition } = crawler;
  return {
    Classifiers: [],
    SchemaChangePolicy: { UpdateBehavior: 'UPDATE_IN_DATABASE', DeleteBehavior: 'DEPRECATE_IN_DATABASE' },
    RecrawlPolicy: { RecrawlBehavior: 'CRAWL_EVERYTHING' },
    LineageConfiguration: { CrawlerLineageSettings: 'DISABLE' },
    ...definition,
    State: state,
    Schedule: Schedule
      ? { ScheduleExpression: Schedule, State: isScheduled ? 'SCHEDULED' : 'NOT_SCHEDULED' }
      : undefined,
    CrawlElapsedTime: state === 'READY' || startedAt === undefined ? 0 : now - startedAt,
    CreationTime: createdAt / 1000,
    LastUpdated: updatedAt / 1000,
    Version: version,
    LastCrawl: lastCrawl && {
      Status: lastCrawl.status,
      ErrorMessage: lastCrawl.errorMessage,
      LogGroup: '/aws-glue/crawlers',
      LogStream: crawler.Name,
      MessagePrefix: String(lastCrawl.startedAt),
      StartTime: lastCrawl.startedAt / 1000,
    },
  };
}

function metricsOut({ Name, state, lastCrawl }: Crawler) {
  return {
    CrawlerName: Name,
    StillEstimating: state === 'RUNNING',
    TimeLeftSeconds: 0,
    LastRuntimeSeconds: lastCrawl ? (lastCrawl.endedAt - lastCrawl.startedAt) / 1000 : 0,
    MedianRuntimeSeconds: lastCrawl ? (lastCrawl.endedAt - lastCrawl.startedAt) / 1000 : 0,
    TablesCreated: lastCrawl?.tablesCreated ?? 0,
    TablesUpdated: lastCrawl?.tablesUpdated ?? 0,
    TablesDeleted: lastCrawl?.tablesDeleted ?? 0,
  };
}
