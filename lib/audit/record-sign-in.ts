import 'server-only';
import { createHmac, randomUUID } from 'node:crypto';
import { requestOrigin } from '@/lib/auth/request-origin';
import { db } from '@/lib/db';
import { log } from '@/lib/log';
import { appendEvent } from './append-event';
import { auditKey } from './audit-key';
import { cleanEvent } from './clean-event';

/**
 * Writes that somebody signed in, was refused or was locked out. What was typed is kept where it names a person; else it may
 * be a password in the wrong field, and only a hash of it tells attempts for one address apart.
 */
export async function recordSignIn(typed: string, how: 'signed-in' | 'refused' | 'locked', via: string): Promise<void> {
  const email = typed.trim().toLowerCase();
  const person = await (await db()).user.findUnique({ where: { email }, select: { email: true, role: true } });
  const name = person?.email ?? `unknown:${await hashed(email)}`;
  await record({
    actorEmail: name,
    actorRole: person?.role ?? 'nobody',
    action: 'account.sign-in',
    outcome: how === 'signed-in' ? 'done' : 'denied',
    details: how === 'signed-in' ? { by: via } : { by: via, code: how === 'locked' ? 'THROTTLED' : 'UNAUTHENTICATED' },
  });
}

export async function recordSignOut(userId: string): Promise<void> {
  const person = await (await db()).user.findUnique({ where: { id: userId }, select: { email: true, role: true } });
  if (!person) return;
  await record({
    actorEmail: person.email,
    actorRole: person.role,
    action: 'account.sign-out',
    outcome: 'done',
    details: {},
  });
}

type Known = 'actorEmail' | 'actorRole' | 'action' | 'outcome' | 'details';

/** That it could not be written is no reason to keep people out, or in. */
async function record(known: Pick<Parameters<typeof appendEvent>[0], Known>): Promise<void> {
  try {
    const { sourceIp, userAgent = null } = await requestOrigin();
    await appendEvent(
      cleanEvent({ ...known, subject: known.actorEmail, requestId: randomUUID(), sourceIp, userAgent }),
    );
  } catch (cause) {
    log.error('a sign-in or sign-out could not be recorded', { action: known.action, cause });
  }
}

async function hashed(email: string): Promise<string> {
  return createHmac('sha256', await auditKey())
    .update(`e-mail:${email}`)
    .digest('hex')
    .slice(0, 16);
}
