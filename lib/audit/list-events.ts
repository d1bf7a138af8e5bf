import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { db } from '@/lib/db';
import { type AuditRow, type EventPage, ListEvents } from './schemas';
import { selectEvents } from './select-events';
import { subjectLink } from './subject-link';

/** Enough to fill a screen. */
const ENOUGH = 50;
/** A filter that fits little looks so many windows back in one answer. */
const WINDOWS_MAX = 4;

/** Returns what was done in the console, newest first; `next` goes on behind. */
export async function listEvents(ctx: Context, raw: ListEvents): Promise<EventPage> {
  requirePermission(ctx, 'audit:read');
  const { after, ...filter } = ListEvents.parse(raw);
  const prisma = await db();
  const events: AuditRow[] = [];
  let next = after;
  for (let windows = 0; windows < WINDOWS_MAX && events.length < ENOUGH; windows += 1) {
    const page = await selectEvents(prisma, filter, { after: next, take: ENOUGH - events.length });
    events.push(...page.events);
    next = page.next;
    if (next === undefined) break;
  }
  // The trail can be read while the lake is down; then its links are not known.
  const lake = await getLake().catch(() => undefined);
  const listed = events.map((event) => {
    const link = lake && subjectLink(event, lake);
    return link ? { ...event, link } : event;
  });
  if (next === undefined) return { events: listed };
  return { events: listed, next, readTo: await timeOf(next) };
}

async function timeOf(sequence: number): Promise<number | undefined> {
  const prisma = await db();
  const found = await prisma.auditEvent.findFirst({
    where: { sequence: { lte: sequence } },
    orderBy: { sequence: 'desc' },
    select: { at: true },
  });
  return found?.at.getTime();
}
