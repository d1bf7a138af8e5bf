import 'server-only';
import { randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { can } from '@/lib/auth/permissions';
import { getLake } from '@/lib/aws/lake';
import { db } from '@/lib/db';
import { type Incident, Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { IncidentDeed, incidentDeedKey } from '@/lib/languages/quality/incidents/deed.ts';
import { noIncident } from './incident-row';
import { ChangeIncident, type IncidentEventKind, MUTE_DAYS_MAX } from './schemas';

type Change = z.output<typeof ChangeIncident>;
type Tx = Prisma.TransactionClient;

const DAY_MS = 86_400_000;

const KINDS: Record<Change['verb'], IncidentEventKind> = {
  acknowledge: 'acknowledged',
  assign: 'assigned',
  comment: 'commented',
  resolve: 'resolved',
  reopen: 'reopened',
  mute: 'muted',
  unmute: 'unmuted',
};

/**
 * What people do with an incident. Throws CONFLICT where it does not fit the state that the incident is in by now
 * (`incidentChanged`), or where another incident of the cause is open (`incidentOpenAgain`).
 */
export async function changeIncident(ctx: Context, raw: ChangeIncident, now = new Date()): Promise<void> {
  requirePermission(ctx, 'incidents:edit');
  const change = ChangeIncident.parse(raw);
  const { id, verb } = change;
  if (verb === 'assign' && change.to) await requireAssignable(change.to);
  if (verb === 'mute') requireMutable(change.until, now);
  const prisma = await db();
  await prisma
    .$transaction(async (tx) => {
      const incident = await tx.incident.findUnique({ where: { id } });
      if (!incident) throw noIncident(id);
      await apply(tx, incident, change, now);
      await tx.incidentEvent.create({
        data: { incidentId: id, kind: KINDS[verb], at: now, by: ctx.user.email, text: textOf(change) },
      });
      // Last, so that nothing is kept of what did not fit.
      await keepDeed(ctx, incident, change, now);
    })
    .catch((error: unknown) => {
      throw isTaken(error) ? openAgain(error) : error;
    });
  await recordAudit(ctx, { action: `incidents.${verb}`, subject: id, details: { said: textOf(change) } });
}

/** Leaves in the lake what its scheduled report must know of. */
async function keepDeed(ctx: Context, { cause }: Incident, change: Change, now: Date): Promise<void> {
  const until = change.verb === 'mute' ? new Date(change.until).toISOString() : undefined;
  const told = { cause, kind: KINDS[change.verb], at: now.toISOString(), ...(until ? { until } : {}) };
  const deed = IncidentDeed.safeParse(told).data;
  if (!deed) return;
  const { resultsBucket } = await getLake();
  const Body = JSON.stringify(deed);
  const Key = incidentDeedKey(deed, randomUUID());
  await ctx.aws.s3.send(new PutObjectCommand({ Bucket: resultsBucket, Key, Body, ContentType: 'application/json' }));
}

async function apply(tx: Tx, incident: Incident, change: Change, now: Date): Promise<void> {
  switch (change.verb) {
    case 'acknowledge':
      return mustChange(incident, await changeIf(tx, incident, { state: 'open' }, { state: 'acknowledged' }));
    case 'assign':
      return mustChange(incident, await changeIf(tx, incident, {}, { assignee: change.to }));
    case 'comment':
      return;
    case 'resolve':
      return mustChange(
        incident,
        await changeIf(
          tx,
          incident,
          { openCause: { not: null } },
          { state: 'resolved', openCause: null, resolvedAt: now },
        ),
      );
    case 'reopen':
      return mustChange(
        incident,
        // Somebody says that it is there: only what is found later closes it again.
        await changeIf(
          tx,
          incident,
          { openCause: null },
          { state: 'open', openCause: incident.cause, resolvedAt: null, seenAt: now },
        ),
      );
    case 'mute':
      return mustChange(incident, await changeIf(tx, incident, {}, { mutedUntil: new Date(change.until) }));
    case 'unmute':
      return mustChange(incident, await changeIf(tx, incident, {}, { mutedUntil: null }));
  }
}

/** Changes it only if it still is as `where` says: two people at once, or a person and a check. */
async function changeIf(
  tx: Tx,
  { id }: Incident,
  where: Prisma.IncidentWhereInput,
  data: Prisma.IncidentUpdateManyMutationInput,
): Promise<number> {
  return (await tx.incident.updateMany({ where: { id, ...where }, data })).count;
}

function mustChange({ state }: Incident, count: number): void {
  if (count > 0) return;
  throw new AppError('CONFLICT', `The incident is ${state} by now. Load the page again.`, {
    reason: 'incidentChanged',
    details: { state },
  });
}

function textOf(change: Change): string | null {
  switch (change.verb) {
    case 'assign':
      return change.to;
    case 'mute':
      return change.until;
    case 'comment':
    case 'resolve':
    case 'reopen':
      return change.text || null;
    default:
      return null;
  }
}

async function requireAssignable(email: string): Promise<void> {
  const prisma = await db();
  const user = await prisma.user.findUnique({ where: { email } });
  if (user?.isActive && can(user.role, 'incidents:edit')) return;
  throw new AppError('INVALID', `${email} is nobody who can see to an incident.`, {
    reason: 'notAssignable',
    details: { email },
  });
}

function requireMutable(until: string, now: Date): void {
  const days = (Date.parse(until) - now.getTime()) / DAY_MS;
  if (days > 0 && days <= MUTE_DAYS_MAX) return;
  throw new AppError('INVALID', `A mute ends within ${MUTE_DAYS_MAX} days from now.`, {
    reason: 'muteEnd',
    details: { days: MUTE_DAYS_MAX },
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

function openAgain(cause: unknown): AppError {
  return new AppError('CONFLICT', 'Another incident of the same cause is open already.', {
    cause,
    reason: 'incidentOpenAgain',
  });
}
