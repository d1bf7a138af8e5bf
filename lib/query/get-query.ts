import 'server-only';
import { GetQueryExecutionCommand } from '@aws-sdk/client-athena';
import { type Context, requirePermission } from '@/lib/auth';
import { AppError } from '@/lib/errors';
import { GetQuery, type Query } from './schemas';
import { toQuery } from './to-query';

/** Returns how a query stands, what it scanned and, if it failed, where. */
export async function getQuery(ctx: Context, raw: GetQuery): Promise<Query> {
  requirePermission(ctx, 'queries:read');
  const { id } = GetQuery.parse(raw);
  const { QueryExecution: execution } = await ctx.aws.athena
    .send(new GetQueryExecutionCommand({ QueryExecutionId: id }))
    .catch((error: unknown) => {
      // Athena calls it an invalid request, by name no other than a malformed one.
      if (error instanceof Error && /was not found/.test(error.message)) throw noSuchQuery(id, error);
      throw error;
    });
  if (!execution) throw noSuchQuery(id);
  return toQuery(execution);
}

function noSuchQuery(id: string, cause?: Error): AppError {
  return new AppError('NOT_FOUND', `There is no query ${id}.`, { cause });
}
