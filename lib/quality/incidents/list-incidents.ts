import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import type { Prisma } from '@/lib/db/generated/client';
import { syncRecords } from '../records/sync-records';
import { toIncident } from './incident-row';
import { type IncidentFilter, type IncidentSummary, ListIncidents } from './schemas';

const MAX_INCIDENTS = 500;

/** Returns incidents as of the last record, those seen last first. */
export async function listIncidents(ctx: Context, raw: ListIncidents, now = new Date()): Promise<IncidentSummary[]> {
  requirePermission(ctx, 'quality:read');
  const { show, table } = ListIncidents.parse(raw);
  await syncRecords(ctx);
  const prisma = await db();
  const rows = await prisma.incident.findMany({
    where: { ...shown(show, now), ...(table ? { table } : {}) },
    orderBy: [{ seenAt: 'desc' }, { id: 'asc' }],
    take: MAX_INCIDENTS,
  });
  return rows.map((row) => toIncident(row, now));
}

/** What is open and not muted: what somebody should see to. */
export function openNow(now: Date): Prisma.IncidentWhereInput {
  return { openCause: { not: null }, OR: [{ mutedUntil: null }, { mutedUntil: { lte: now } }] };
}

function shown(show: IncidentFilter, now: Date): Prisma.IncidentWhereInput {
  switch (show) {
    case 'open':
      return openNow(now);
    case 'muted':
      return { mutedUntil: { gt: now } };
    case 'resolved':
      return { state: 'resolved' };
    case 'all':
      return {};
  }
}
