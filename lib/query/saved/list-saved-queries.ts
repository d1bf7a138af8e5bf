import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { db } from '@/lib/db';
import { adoptNamedQueries } from './adopt-named-queries';
import { isManagedBy, toSavedQuery, visibleTo, withOwner } from './saved-row';
import { ListSavedQueries, type SavedQuery } from './schemas';

const MAX_QUERIES = 2_000;

/**
 * Returns the saved queries that the person sees, in the order of their names, with the tables that each reads; or those
 * that were deleted and that they could bring back.
 */
export async function listSavedQueries(ctx: Context, raw: ListSavedQueries = {}): Promise<SavedQuery[]> {
  requirePermission(ctx, 'queries:read');
  const { deleted } = ListSavedQueries.parse(raw);
  const { database } = await getLake();
  if (!deleted) await adoptNamedQueries(ctx);
  const prisma = await db();
  const rows = await prisma.savedQuery.findMany({
    where: { ...visibleTo(ctx), deletedAt: deleted ? { not: null } : null },
    include: withOwner,
    orderBy: { name: 'asc' },
    take: MAX_QUERIES,
  });
  const own = deleted ? rows.filter((row) => isManagedBy(ctx, row)) : rows;
  return own.map((row) => toSavedQuery(ctx, row, database)).sort((a, b) => a.name.localeCompare(b.name));
}
