import { z } from 'zod';
import { withTags } from '../../../request-tags.ts';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import { printSummary } from '../crawler/crawl-summary.ts';
import { type Crawler, CrawlerInput, CrawlerName, CrawlerUpdate, type LastCrawl } from '../crawler/crawler.ts';
import type { Crawlers } from '../crawler/crawlers.ts';
import { Paging, pageOf } from '../paging.ts';
import type { Tags } from '../tags.ts';

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
      access: ({ Role, Tags: added }) => [...withTags(arns.onAnything('CreateCrawler'), added), ...arns.passRole(Role)],
      run: async (input) => {
        await crawlers.create(input);
        if (input.Tags) await tags.add(arns.crawler(input.Name), input.Tags);
        return {};
      },
    }),
    UpdateCrawler: operation({
      input: CrawlerUpdate,
      access: ({ Name, Role }) => [...arns.onCrawler('UpdateCrawler', Name), ...(Role ? arns.passRole(Role) : [])],
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
      access: () => arns.onAnything('GetCrawlers'),
      run: (input) => {
        const { items, NextToken } = pageOf(crawlers.list(), input, nameOf);
        return { Crawlers: items.map((crawler) => crawlerOut(crawler, clock())), NextToken };
      },
    }),
    ListCrawlers: operation({
      input: z.object(Paging),
      access: () => arns.onAnything('ListCrawlers'),
      run: (input) => {
        const { items, NextToken } = pageOf(crawlers.list(), input, nameOf);
        return { CrawlerNames: items.map(nameOf), NextToken };
      },
    }),
    BatchGetCrawlers: operation({
      input: z.object({ CrawlerNames: z.array(CrawlerName).max(100) }),
      access: () => arns.onCrawler('BatchGetCrawlers', '*'),
      run: ({ CrawlerNames }) => {
        const found = CrawlerNames.flatMap((name) => crawlers.find(name) ?? []);
        const names = new Set(found.map(nameOf));
        return {
          Crawlers: found.map((crawler) => crawlerOut(crawler, clock())),
          CrawlersNotFound: CrawlerNames.filter((name) => !names.has(name)),
        };
      },
    }),
    ListCrawls: operation({
      input: z.object({ CrawlerName, Filters: z.array(CrawlFilter).optional(), ...Paging }),
      access: (input) => arns.onCrawler('ListCrawls', input.CrawlerName),
      run: ({ CrawlerName: name, Filters = [], ...paging }) => {
        const crawls = [...runningCrawl(crawlers.get(name)), ...crawlers.listCrawls(name)].filter((crawl) =>
          Filters.every((filter) => meets(crawl, filter)),
        );
        const { items, NextToken } = pageOf(crawls, { MaxResults: 20, ...paging }, ({ id }) => id);
        return { Crawls: items.map((crawl) => crawlOut(crawl, name)), NextToken };
      },
    }),
    GetCrawlerMetrics: operation({
      input: z.object({ CrawlerNameList: z.array(z.string()).optional(), ...Paging }),
      access: () => arns.onAnything('GetCrawlerMetrics'),
      run: ({ CrawlerNameList = [], ...paging }) => {
        const wanted = crawlers
          .list()
          .filter(({ Name }) => CrawlerNameList.length === 0 || CrawlerNameList.includes(Name));
        const { items, NextToken } = pageOf(wanted, paging, nameOf);
        const metrics = items.map((crawler) => metricsOut(crawler, crawlers.listCrawls(crawler.Name)));
        return { CrawlerMetricsList: metrics, NextToken };
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

function metricsOut({ Name, state, lastCrawl }: Crawler, crawls: LastCrawl[]) {
  const seconds = crawls
    .map(({ startedAt, endedAt }) => (endedAt - startedAt) / 1000)
    .sort((one, other) => one - other);
  return {
    CrawlerName: Name,
    StillEstimating: state === 'RUNNING',
    TimeLeftSeconds: 0,
    LastRuntimeSeconds: lastCrawl ? (lastCrawl.endedAt - lastCrawl.startedAt) / 1000 : 0,
    MedianRuntimeSeconds: seconds[Math.floor(seconds.length / 2)] ?? 0,
    TablesCreated: lastCrawl?.created.length ?? 0,
    TablesUpdated: lastCrawl?.updated.length ?? 0,
    TablesDeleted: lastCrawl?.deleted.length ?? 0,
  };
}

/** A crawl that is under way, and has not changed anything that is known of yet. */
type Crawl = Pick<LastCrawl, 'id' | 'startedAt'> & Partial<LastCrawl>;

function runningCrawl({ state, startedAt, Name }: Crawler): Crawl[] {
  return state === 'READY' || startedAt === undefined ? [] : [{ id: `${Name}-${startedAt}`, startedAt }];
}

const states = { SUCCEEDED: 'COMPLETED', CANCELLED: 'STOPPED', FAILED: 'FAILED' } as const;
const stateOf = ({ status }: Crawl): string => (status ? states[status] : 'RUNNING');

function crawlOut(crawl: Crawl, crawler: string) {
  const { id, startedAt, endedAt, errorMessage } = crawl;
  return {
    CrawlId: id,
    State: stateOf(crawl),
    StartTime: startedAt / 1000,
    EndTime: endedAt === undefined ? undefined : endedAt / 1000,
    Summary: crawl.created ? printSummary(crawl as LastCrawl) : undefined,
    ErrorMessage: errorMessage,
    LogGroup: '/aws-glue/crawlers',
    LogStream: crawler,
    MessagePrefix: String(startedAt),
    DPUHour: 0,
  };
}

/** https://docs.aws.amazon.com/glue/latest/webapi/API_CrawlsFilter.html */
const CrawlFilter = z.object({
  FieldName: z.enum(['CRAWL_ID', 'STATE', 'START_TIME', 'END_TIME', 'DPU_HOUR']),
  FilterOperator: z.enum(['GT', 'GE', 'LT', 'LE', 'EQ', 'NE']),
  FieldValue: z.string(),
});

function meets(crawl: Crawl, { FieldName, FilterOperator, FieldValue }: z.infer<typeof CrawlFilter>): boolean {
  const values = {
    CRAWL_ID: crawl.id,
    STATE: stateOf(crawl),
    START_TIME: crawl.startedAt,
    END_TIME: crawl.endedAt ?? Number.POSITIVE_INFINITY,
    DPU_HOUR: 0,
  };
  const value = values[FieldName];
  const wanted = typeof value === 'number' ? Number(FieldValue) : FieldValue;
  if (FilterOperator === 'EQ') return value === wanted;
  if (FilterOperator === 'NE') return value !== wanted;
  if (FilterOperator === 'GT') return value > wanted;
  if (FilterOperator === 'GE') return value >= wanted;
  return FilterOperator === 'LT' ? value < wanted : value <= wanted;
}
