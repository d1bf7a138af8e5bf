import 'server-only';
import { StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import { recordAudit } from '@/lib/audit';
import { type Context, requireAllowance, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { RUN_ACTION } from './history/runners';
import { prepareSql } from './past/prepare-past';
import { RunQuery } from './schemas';

/**
 * Starts a statement in the lake's workgroup and database; what it may read is decided by the person's role. Tables that
 * it reads as they were at a moment (`sales@2026-11-25`) are made first, where nobody has asked for them yet.
 */
export async function runQuery(ctx: Context, raw: RunQuery): Promise<{ id: string }> {
  requirePermission(ctx, 'queries:run');
  requireAllowance(ctx, 'query');
  const { sql, parameters, clientRequestToken, purpose } = RunQuery.parse(raw);
  const { database, versionsDatabase, workGroup } = await getLake();
  const { QueryExecutionId: id } = await ctx.aws.athena.send(
    new StartQueryExecutionCommand({
      QueryString: await prepareSql(ctx, sql, versionsDatabase),
      WorkGroup: workGroup,
      QueryExecutionContext: { Database: database },
      // Athena refuses an empty list.
      ExecutionParameters: parameters?.length ? parameters : undefined,
      ClientRequestToken: clientRequestToken,
    }),
  );
  if (!id) throw new AppError('UNAVAILABLE', 'Athena took the statement but named no query. Run it again.');
  await recordAudit(ctx, { action: RUN_ACTION, subject: id, details: { via: purpose ?? ctx.via ?? 'console' } });
  return { id };
}
