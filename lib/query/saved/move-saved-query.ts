import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import { keepNamedQuery } from './named-query';
import { isTaken, nameTaken, noSavedQuery, placeOf, visibleTo } from './saved-row';
import { MoveSavedQuery } from './schemas';

/** Gives a saved query another path, and returns the one it had, for an undo. Its text is no other: there is no new version. */
export async function moveSavedQuery(ctx: Context, raw: MoveSavedQuery): Promise<{ from: string }> {
  requirePermission(ctx, 'queries:save');
  const { id, name } = MoveSavedQuery.parse(raw);
  const prisma = await db();
  const before = await prisma.savedQuery.findFirst({ where: { id, ...visibleTo(ctx), deletedAt: null } });
  if (!before) throw noSavedQuery(name);
  const place = placeOf(before.sharing, before.ownerId, name);
  const row = await prisma.savedQuery.update({ where: { id }, data: { name, place } }).catch((error: unknown) => {
    throw isTaken(error) ? nameTaken(name, error) : error;
  });
  await recordAudit(ctx, { action: 'queries.move', subject: id, details: { from: before.name, name } });
  await keepNamedQuery(ctx, row);
  return { from: before.name };
}
