import 'server-only';
import { BatchGetQueryExecutionCommand } from '@aws-sdk/client-athena';
import { type Context, requirePermission } from '@/lib/auth';
import { toQueryRecord } from './query-record';
import { listRunBy } from './runners';
import type { QueryRecord } from './schemas';

/** Athena ends DML after 30 minutes and DDL after ten hours, unless AWS has raised that for the account. */
const LONGEST_MS = 10 * 60 * 60 * 1000;
const MAX_QUERIES = 50;

/** Returns the person's own queries that have not ended, among the last fifty that they started. */
export async function listRunningQueries(ctx: Context): Promise<QueryRecord[]> {
  requirePermission(ctx, 'queries:read');
  const { email } = ctx.user;
  const events = await listRunBy(email, { since: Date.now() - LONGEST_MS, take: MAX_QUERIES });
  const ids = [...new Set(events.map(({ id }) => id))];
  if (ids.length === 0) return [];
  const { QueryExecutions = [] } = await ctx.aws.athena.send(
    new BatchGetQueryExecutionCommand({ QueryExecutionIds: ids }),
  );
  return QueryExecutions.map((execution) => toQueryRecord(execution, { email, via: 'console' }, email)).filter(
    ({ status }) => status === 'queued' || status === 'running',
  );
}
