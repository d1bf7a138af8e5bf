import 'server-only';
import { StartCrawlerCommand } from '@aws-sdk/client-glue';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { CrawlerName } from './schemas';

/** Starts a crawl. */
export async function startCrawler(ctx: Context, raw: CrawlerName): Promise<void> {
  requirePermission(ctx, 'crawlers:run');
  const { name } = CrawlerName.parse(raw);
  await ctx.aws.glue.send(new StartCrawlerCommand({ Name: name }));
  await recordAudit(ctx, { action: 'crawlers.start', subject: name });
}
