import 'server-only';
import { createHmac, randomUUID } from 'node:crypto';
import { requestOrigin } from '@/lib/auth/request-origin';
import { db } from '@/lib/db';
import { log } from '@/lib/log';
import { appendEvent, type NewEvent } from './append-event';
import { auditKey } from './audit-key';
import { cleanEvent } from './clean-event';

/**
 * Writes that somebody signed in, was refused or was locked out. What was typed is kept where it names a person; else it may
 * be a password in the wrong field, and only a hash of it tells attempts for one address apart.
 */
export async function recordSignIn(typed: string, how: 'signed-in' | 'refused' | 'locked', via: string): Promise<void> {
  const email = typed.trim().toLowerCase();
  await record(async () => {
    const person = await (await db()).user.findUnique({ where: { email }, select: { email: true, role: true } });
    const code = how === 'locked' ? 'THROTTLED' : 'UNAUTHENTICATED';
    return {
      actorEmail: person?.email ?? `unknown:${await hashed(email)}`,
      actorRole: person?.role ?? 'nobody',
      action: 'account.sign-in',
      outcome: how === 'signed-in' ? 'done' : 'denied',
      details: { how: via, ...(how === 'signed-in' ? {} : { code }) },
    };
  });
}

export async function recordSignOut(person: { email: string; role: string }): Promise<void> {
  await record(async () => ({
    actorEmail: person.email,
    actorRole: person.role,
    action: 'account.sign-out',
    outcome: 'done',
    details: {},
  }));
}

type Known = Pick<NewEvent, 'actorEmail' | 'actorRole' | 'action' | 'outcome' | 'details'>;

/** That it could not be written is no reason to keep people out, or in. */
async function record(find: () => Promise<Known>): Promise<void> {
  try {
    const { sourceIp, userAgent = null } = await requestOrigin();
    const known = await find();
    await appendEvent(
      cleanEvent({ ...known, subject: known.actorEmail, requestId: randomUUID(), sourceIp, userAgent }),
    );
  } catch (cause) {
    log.error('a sign-in or sign-out could not be recorded', { cause });
  }
}

async function hashed(email: string): Promise<string> {
  return createHmac('sha256', await auditKey())
    .update(`e-mail:${email}`)
    .digest('hex')
    .slice(0, 16);
}
