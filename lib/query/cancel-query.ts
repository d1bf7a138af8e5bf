import 'server-only';
import { StopQueryExecutionCommand } from '@aws-sdk/client-athena';
import { type Context, requirePermission } from '@/lib/auth';
import { requireRunner } from './history/require-runner';
import { GetQuery } from './schemas';

/** Asks Athena to stop a query of one's own, or of anybody for those who see everybody's; one that has ended stays as it is. */
export async function cancelQuery(ctx: Context, raw: GetQuery): Promise<void> {
  requirePermission(ctx, 'queries:cancel');
  const { id } = GetQuery.parse(raw);
  await requireRunner(ctx, id);
  await ctx.aws.athena.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
}
