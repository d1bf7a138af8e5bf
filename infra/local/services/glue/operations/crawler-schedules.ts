import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import { CrawlerName } from '../crawler/crawler.ts';
import type { Crawlers } from '../crawler/crawlers.ts';

const OneCrawler = z.object({ CrawlerName });

export function crawlerScheduleOperations(crawlers: Crawlers, arns: GlueArns): Record<string, Operation> {
  return {
    StartCrawlerSchedule: operation({
      input: OneCrawler,
      access: (input) => arns.onCrawler('StartCrawlerSchedule', input.CrawlerName),
      run: async (input) => {
        await crawlers.startSchedule(input.CrawlerName);
        return {};
      },
    }),
    StopCrawlerSchedule: operation({
      input: OneCrawler,
      access: (input) => arns.onCrawler('StopCrawlerSchedule', input.CrawlerName),
      run: async (input) => {
        await crawlers.stopSchedule(input.CrawlerName);
        return {};
      },
    }),
    UpdateCrawlerSchedule: operation({
      input: OneCrawler.extend({ Schedule: z.string().optional() }),
      access: (input) => arns.onCrawler('UpdateCrawlerSchedule', input.CrawlerName),
      run: async (input) => {
        await crawlers.updateSchedule(input.CrawlerName, input.Schedule ?? '');
        return {};
      },
    }),
  };
}
