import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getQuery } from './get-query';
import { requireRunner } from './history/require-runner';
import { GetQuery, type Query } from './schemas';

/** Returns how a query of one's own stands, or anybody's for those who see everybody's: an id is no key to a result. */
export async function getOwnQuery(ctx: Context, raw: GetQuery): Promise<Query> {
  requirePermission(ctx, 'queries:read');
  const { id } = GetQuery.parse(raw);
  await requireRunner(ctx, id);
  return getQuery(ctx, { id });
}
