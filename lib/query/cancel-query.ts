import 'server-only';
import { StopQueryExecutionCommand } from '@aws-sdk/client-athena';
import { type Context, requirePermission } from '@/lib/auth';
import { GetQuery } from './schemas';

/** Asks Athena to stop a query; one that has ended stays as it is. */
export async function cancelQuery(ctx: Context, raw: GetQuery): Promise<void> {
  requirePermission(ctx, 'queries:cancel');
  const { id } = GetQuery.parse(raw);
  await ctx.aws.athena.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
}
