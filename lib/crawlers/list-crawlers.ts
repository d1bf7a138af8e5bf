import 'server-only';
import { type Crawler, GetCrawlerCommand, GetCrawlersCommand, ListCrawlsCommand } from '@aws-sdk/client-glue';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { withLimit } from '@/lib/aws/with-limit';
import { readCrawl } from './read-crawl';
import type { Crawl, CrawlerSummary } from './schemas';

const ASKED_AT_ONCE = 5;

/** Returns the crawlers that the person may see, the lake's own first, each with what its last crawl changed. */
export async function listCrawlers(ctx: Context): Promise<CrawlerSummary[]> {
  requirePermission(ctx, 'crawlers:read');
  const { crawler: own } = await getLake();
  const crawlers = await crawlersOf(ctx, own);
  const sorted = crawlers.sort((one, other) => Number(other.Name === own) - Number(one.Name === own));
  return withLimit(sorted, ASKED_AT_ONCE, async (crawler) => summaryOf(crawler, await lastCrawl(ctx, crawler)));
}

/** Glue lists crawlers only for those who may see all of them; everybody here may see the lake's own. */
async function crawlersOf({ aws }: Context, own: string): Promise<Crawler[]> {
  try {
    const { items } = await collectPages(async (token) => {
      const page = await aws.glue.send(new GetCrawlersCommand({ NextToken: token }));
      return { items: page.Crawlers, next: page.NextToken };
    });
    return items;
  } catch (error) {
    if (toAppError(error).code !== 'FORBIDDEN') throw error;
    const { Crawler: crawler } = await aws.glue.send(new GetCrawlerCommand({ Name: own }));
    return crawler ? [crawler] : [];
  }
}

async function lastCrawl({ aws }: Context, { Name, LastCrawl }: Crawler): Promise<Crawl | undefined> {
  try {
    const { Crawls = [] } = await aws.glue.send(new ListCrawlsCommand({ CrawlerName: Name, MaxResults: 1 }));
    return Crawls[0] && readCrawl(Crawls[0]);
  } catch (error) {
    if (toAppError(error).code !== 'FORBIDDEN') throw error;
    const { Status, StartTime, ErrorMessage } = LastCrawl ?? {};
    const status = Status === 'FAILED' ? 'FAILED' : Status === 'CANCELLED' ? 'STOPPED' : 'COMPLETED';
    return (
      Status && {
        status,
        ...(StartTime ? { startedAt: StartTime.getTime() } : {}),
        ...(ErrorMessage ? { error: ErrorMessage } : {}),
      }
    );
  }
}

function summaryOf(crawler: Crawler, crawl: Crawl | undefined): CrawlerSummary {
  const { Name = '', Description, DatabaseName = '', Targets, State, Schedule, SchemaChangePolicy } = crawler;
  return {
    name: Name,
    ...(Description ? { description: Description } : {}),
    database: DatabaseName,
    targets: (Targets?.S3Targets ?? []).flatMap(({ Path }) => Path ?? []),
    state: State ?? 'READY',
    ...(Schedule?.ScheduleExpression ? { schedule: Schedule.ScheduleExpression } : {}),
    isChanging: SchemaChangePolicy?.UpdateBehavior !== 'LOG',
    ...(crawl ? { lastCrawl: crawl } : {}),
  };
}
