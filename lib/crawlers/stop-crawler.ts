import 'server-only';
import { StopCrawlerCommand } from '@aws-sdk/client-glue';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { CrawlerName } from './schemas';

/** Stops a crawl; the tables that it has written by then stay. */
export async function stopCrawler(ctx: Context, raw: CrawlerName): Promise<void> {
  requirePermission(ctx, 'crawlers:run');
  const { name } = CrawlerName.parse(raw);
  await ctx.aws.glue.send(new StopCrawlerCommand({ Name: name }));
  await recordAudit(ctx, { action: 'crawlers.stop', subject: name });
}
