import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import { keepNamedQuery } from './named-query';
import { addVersion, type Saved, toChart } from './save-query';
import { noSavedQuery, visibleTo, withOwner } from './saved-row';
import { RestoreQueryVersion } from './schemas';

/** Brings an earlier version's text, parameters and chart back as the next version; its name and sharing stay. */
export async function restoreQueryVersion(ctx: Context, raw: RestoreQueryVersion): Promise<Saved> {
  requirePermission(ctx, 'queries:save');
  const { id, version, baseVersion } = RestoreQueryVersion.parse(raw);
  const prisma = await db();
  const row = await prisma.$transaction(async (tx) => {
    const before = await tx.savedQuery.findFirst({
      where: { id, ...visibleTo(ctx), deletedAt: null },
      include: withOwner,
    });
    const old = await tx.savedQueryVersion.findUnique({
      where: { savedQueryId_number: { savedQueryId: id, number: version } },
    });
    if (!before || !old) throw noSavedQuery(`${id} (${version})`);
    const content = {
      name: before.name,
      sql: old.sql,
      parameters: old.parameters ?? [],
      chart: toChart(old.chart),
    };
    return addVersion(tx, ctx, { before, baseVersion, content, rest: {}, restoredFrom: version });
  });
  const details = { name: row.name, version: row.version, restoredFrom: version };
  await recordAudit(ctx, { action: 'queries.restore', subject: id, details });
  return { id, version: row.version, name: row.name, isInStep: await keepNamedQuery(ctx, row) };
}
