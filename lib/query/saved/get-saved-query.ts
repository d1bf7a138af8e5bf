import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { db } from '@/lib/db';
import { noSavedQuery, placeOf, toSavedQuery, visibleTo, withOwner } from './saved-row';
import { GetSavedQuery, type SavedQuery } from './schemas';

/** Returns a saved query by its id or its path; by its path the person's own private one comes before a shared one. */
export async function getSavedQuery(ctx: Context, raw: GetSavedQuery): Promise<SavedQuery> {
  requirePermission(ctx, 'queries:read');
  const named = GetSavedQuery.parse(raw);
  const prisma = await db();
  const places = 'path' in named ? placesOf(ctx, named.path) : [];
  const where = 'id' in named ? { id: named.id } : { place: { in: places } };
  const rows = await prisma.savedQuery.findMany({
    where: { ...where, ...visibleTo(ctx), deletedAt: null },
    include: withOwner,
  });
  const row = rows.find(({ place }) => place === places[0]) ?? rows[0];
  if (!row) throw noSavedQuery('id' in named ? named.id : named.path);
  const { database } = await getLake();
  return toSavedQuery(ctx, row, database);
}

function placesOf({ user }: Context, path: string): string[] {
  return [placeOf('private', user.id, path), placeOf('team', null, path)];
}
