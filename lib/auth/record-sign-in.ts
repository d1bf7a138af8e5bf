import 'server-only';
import type { User } from 'next-auth';
import { z } from 'zod';
import { recordAudit } from '@/lib/audit';
import { db } from '@/lib/db';
import { log } from '@/lib/log';
import { actorOf } from './actor';
import { requestOrigin } from './request-origin';
import { findSession } from './session';
import { signIn } from './sign-in';
import { lockedError } from './sign-in-error';

const Given = z.object({ email: z.string().max(320), password: z.string().max(1024) });

/** next-auth's `authorize`: null is "refused", and an error's text is all that the page is told. */
export async function signInByPassword(raw: unknown): Promise<User | null> {
  const given = Given.safeParse(raw);
  if (!given.success) return null;
  const origin = await requestOrigin();
  const outcome = await signIn(await db(), given.data, origin);
  if (outcome.status === 'locked') {
    log.warn('sign-in is locked', { sourceIp: origin.sourceIp, seconds: outcome.seconds });
    throw lockedError(outcome.seconds);
  }
  if (outcome.status === 'refused') {
    // Not waited for: the answer must take as long for somebody as for nobody.
    if (outcome.known) void noteRefusal(actorOf(outcome.known, origin));
    return null;
  }
  const { person, sessionId } = outcome;
  await recordAudit(actorOf(person, origin), {
    action: 'account.sign-in',
    subject: person.email,
    details: { how: 'password' },
  });
  return { id: person.id, sessionId };
}

async function noteRefusal(actor: ReturnType<typeof actorOf>): Promise<void> {
  try {
    await recordAudit(actor, { action: 'account.sign-in-refused', subject: actor.user.email });
  } catch (cause) {
    log.error('a refused sign-in could not be recorded', { cause });
  }
}

/** Ends the session of a browser that signs out. */
export async function signOut(sessionId: string | undefined): Promise<void> {
  if (!sessionId) return;
  const prisma = await db();
  const session = await findSession(prisma, sessionId);
  if (!session) return;
  await prisma.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: new Date() } });
  await recordAudit(actorOf({ ...session.user, role: session.role }, await requestOrigin()), {
    action: 'account.sign-out',
    subject: session.user.email,
  });
}
