import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { db } from '@/lib/db';
import { foldFigures } from '@/lib/languages/quality/fold-figures.ts';
import { openNow } from '../incidents/list-incidents';
import { readLakeRecords } from './read-lake-records';
import { GetDashboard, type QualityDashboard } from './schemas';

const MAX_UNREADABLE = 50;

/** Returns the quality of the lake as of the last record, and how it came to be so in a period. */
export async function getDashboard(ctx: Context, raw: GetDashboard, now = new Date()): Promise<QualityDashboard> {
  requirePermission(ctx, 'quality:read');
  const period = GetDashboard.parse(raw);
  const { database } = await getLake();
  const records = await readLakeRecords(ctx, { ...period, now });
  const prisma = await db();
  const [openIncidents, unreadable] = await Promise.all([
    prisma.incident.count({ where: { database, ...openNow(now) } }),
    prisma.unreadableEvaluation.findMany({ orderBy: { key: 'desc' }, take: MAX_UNREADABLE }),
  ]);
  return {
    ...foldFigures(records),
    openIncidents,
    unreadable: unreadable.map(({ key, reason }) => ({ key, reason })),
  };
}
