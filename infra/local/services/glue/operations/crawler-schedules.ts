import { z } from 'zod';
import { type Access, type Operation, operation } from '../../../service.ts';
import { CrawlerName } from '../crawler/crawler.ts';
import type { Crawlers } from '../crawler/crawlers.ts';

/** IAM knows no resource for schedules of crawlers. */
const anyCrawler = (action: string) => (): Access[] => [{ action: `glue:${action}`, resource: '*' }];

const OneCrawler = z.object({ CrawlerName });

export function crawlerScheduleOperations(crawlers: Crawlers): Record<string, Operation> {
  return {
    StartCrawlerSchedule: operation({
      input: OneCrawler,
      access: anyCrawler('StartCrawlerSchedule'),
      run: async (input) => {
        await crawlers.startSchedule(input.CrawlerName);
        return {};
      },
    }),
    StopCrawlerSchedule: operation({
      input: OneCrawler,
      access: anyCrawler('StopCrawlerSchedule'),
      run: async (input) => {
        await crawlers.stopSchedule(input.CrawlerName);
        return {};
      },
    }),
    UpdateCrawlerSchedule: operation({
      input: OneCrawler.extend({ Schedule: z.string().optional() }),
      access: anyCrawler('UpdateCrawlerSchedule'),
      run: async (input) => {
        await crawlers.updateSchedule(input.CrawlerName, input.Schedule ?? '');
        return {};
      },
    }),
  };
}
