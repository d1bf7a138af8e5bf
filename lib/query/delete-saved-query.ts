import 'server-only';
import { DeleteNamedQueryCommand } from '@aws-sdk/client-athena';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { DeleteSavedQuery } from './schemas';

/** Forgets a saved query. What it was is gone: Athena keeps no versions of it. */
export async function deleteSavedQuery(ctx: Context, raw: DeleteSavedQuery): Promise<void> {
  requirePermission(ctx, 'queries:save');
  const { id } = DeleteSavedQuery.parse(raw);
  await ctx.aws.athena.send(new DeleteNamedQueryCommand({ NamedQueryId: id }));
  await recordAudit(ctx, { action: 'queries.delete', subject: id });
}
