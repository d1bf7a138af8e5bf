import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import { keepNamedQuery } from './named-query';
import { isTaken, nameTaken, noSavedQuery, placeOf, requireManaged, visibleTo, withOwner } from './saved-row';
import { NameSavedQuery } from './schemas';

/** Takes a saved query out of everybody's list. Its versions stay, and `undeleteSavedQuery` brings it back. */
export async function deleteSavedQuery(ctx: Context, raw: NameSavedQuery): Promise<void> {
  requirePermission(ctx, 'queries:save');
  const { id } = NameSavedQuery.parse(raw);
  const row = await setDeleted(ctx, id, new Date());
  await recordAudit(ctx, { action: 'queries.delete', subject: id, details: { name: row.name } });
  await keepNamedQuery(ctx, row);
}

/** Brings a deleted query back under its name; throws CONFLICT where another has it by now. */
export async function undeleteSavedQuery(ctx: Context, raw: NameSavedQuery): Promise<void> {
  requirePermission(ctx, 'queries:save');
  const { id } = NameSavedQuery.parse(raw);
  const row = await setDeleted(ctx, id, null);
  await recordAudit(ctx, { action: 'queries.undelete', subject: id, details: { name: row.name } });
  await keepNamedQuery(ctx, row);
}

async function setDeleted(ctx: Context, id: string, deletedAt: Date | null) {
  const prisma = await db();
  const before = await prisma.savedQuery.findFirst({
    where: { id, ...visibleTo(ctx), deletedAt: deletedAt ? null : { not: null } },
    include: withOwner,
  });
  if (!before) throw noSavedQuery(id);
  requireManaged(ctx, before);
  const place = deletedAt ? null : placeOf(before.sharing, before.ownerId, before.name);
  return prisma.savedQuery
    .update({ where: { id }, data: { deletedAt, place, updatedAt: new Date() } })
    .catch((error: unknown) => {
      throw isTaken(error) ? nameTaken(before.name, error) : error;
    });
}
