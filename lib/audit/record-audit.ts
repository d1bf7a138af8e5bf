import 'server-only';
import type { Context } from '@/lib/auth/context';
import { anchorLater } from './anchor-head';
import { appendEvent, type NewEvent } from './append-event';
import { cleanEvent } from './clean-event';

export interface Audited {
  /** What was done, `area.verb`: `files.upload`, `people.update`. */
  action: string;
  /** What it was done to: an s3 address, a table, a run, an e-mail. */
  subject: string;
  /** Never a secret, never a row of data. */
  details?: NewEvent['details'];
  /** What became of it; `done` unless told otherwise. */
  outcome?: NewEvent['outcome'];
}

type Actor = Pick<Context, 'user' | 'role' | 'requestId'> &
  Partial<Pick<Context, 'aws' | 'via' | 'tokenId' | 'origin'>>;

/** Whoever has an event has been audited: what runs a verb writes one only where the verb has not. */
const recorded = new WeakSet<object>();

/** Writes who did what: the last line of every verb that changes something. */
export async function recordAudit(ctx: Actor, audited: Audited): Promise<void> {
  const { user, role, requestId, origin } = ctx;
  const head = await appendEvent(
    cleanEvent({
      actorEmail: user.email,
      actorRole: role,
      action: audited.action,
      subject: audited.subject,
      details: { ...audited.details, ...calledBy(ctx) },
      requestId,
      outcome: audited.outcome ?? 'done',
      sourceIp: origin?.sourceIp ?? null,
      userAgent: origin?.userAgent ?? null,
    }),
  );
  recorded.add(ctx);
  if (ctx.aws) anchorLater(ctx.aws, head);
}

export function isRecorded(ctx: object): boolean {
  return recorded.has(ctx);
}

function calledBy({ via, tokenId }: Actor): NewEvent['details'] {
  return { ...(via ? { via } : {}), ...(tokenId ? { tokenId } : {}) };
}
