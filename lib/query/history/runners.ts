import 'server-only';
import { db } from '@/lib/db';

/** Who started a query through the console. */
export interface Runner {
  email: string;
  via: 'console' | 'plan' | 'api';
}

export const RUN_ACTION = 'queries.run';

/** Returns who ran which of the executions, by id, in one look at the audit trail; Athena itself does not tell. */
export async function findRunners(ids: readonly string[]): Promise<Map<string, Runner>> {
  const prisma = await db();
  const events = await prisma.auditEvent.findMany({
    where: { subject: { in: [...ids] }, action: RUN_ACTION, outcome: 'done' },
    select: { subject: true, actorEmail: true, details: true },
    // One click sent twice is one execution: who was first ran it.
    orderBy: { at: 'desc' },
  });
  return new Map(
    events.map(({ subject, actorEmail, details }) => [subject, { email: actorEmail, via: viaOf(details) }]),
  );
}

function viaOf(details: unknown): Runner['via'] {
  const via = (details as { via?: unknown } | null)?.via;
  return via === 'api' || via === 'plan' ? via : 'console';
}

/** Returns the executions that a person started, newest first, a page at a time behind `after`, an event's id. */
export async function listRunBy(
  email: string,
  { since, until, after, take }: { since?: number; until?: number; after?: string; take: number },
): Promise<{ id: string; eventId: string }[]> {
  const prisma = await db();
  const events = await prisma.auditEvent.findMany({
    where: {
      actorEmail: email,
      action: RUN_ACTION,
      outcome: 'done',
      at: {
        ...(since === undefined ? {} : { gte: new Date(since) }),
        ...(until === undefined ? {} : { lt: new Date(until + AUDIT_LAG_MS) }),
      },
    },
    select: { id: true, subject: true },
    // Ids count up with time: they are UUIDs of version 7.
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    ...(after ? { cursor: { id: after }, skip: 1 } : {}),
    take,
  });
  return events.map(({ id, subject }) => ({ id: subject, eventId: id }));
}

/** The row is written after Athena has taken the statement, and that may have taken a while. */
const AUDIT_LAG_MS = 120_000;
