import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import { syncRecords } from '../records/sync-records';
import { noIncident, toIncident } from './incident-row';
import { GetIncident, type IncidentDetail, type IncidentEvent, type IncidentEventKind } from './schemas';

const MAX_OTHERS = 10;
const MAX_EVENTS = 1_000;

/** Returns an incident as of the last record, with what happened to it. */
export async function getIncident(ctx: Context, raw: GetIncident, now = new Date()): Promise<IncidentDetail> {
  requirePermission(ctx, 'quality:read');
  const { id } = GetIncident.parse(raw);
  await syncRecords(ctx);
  const prisma = await db();
  const row = await prisma.incident.findUnique({
    where: { id },
    include: { events: { orderBy: [{ at: 'asc' }, { id: 'asc' }], take: MAX_EVENTS } },
  });
  if (!row) throw noIncident(id);
  const others = await prisma.incident.findMany({
    where: { cause: row.cause, id: { not: id } },
    orderBy: { openedAt: 'desc' },
    take: MAX_OTHERS,
  });
  return {
    ...toIncident(row, now),
    events: row.events.map(toEvent),
    others: others.map((other) => ({
      id: other.id,
      openedAt: other.openedAt.getTime(),
      ...(other.resolvedAt ? { resolvedAt: other.resolvedAt.getTime() } : {}),
    })),
  };
}

interface EventRow {
  id: string;
  at: Date;
  kind: string;
  by: string | null;
  text: string | null;
  evaluationId: string | null;
}

function toEvent({ id, at, kind, by, text, evaluationId }: EventRow): IncidentEvent {
  return {
    id,
    at: at.getTime(),
    kind: kind as IncidentEventKind,
    ...(by ? { by } : {}),
    ...(text ? { text } : {}),
    ...(evaluationId ? { evaluationId } : {}),
  };
}
