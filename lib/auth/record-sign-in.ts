import 'server-only';
import type { User } from 'next-auth';
import { z } from 'zod';
import { recordSignIn, recordSignOut } from '@/lib/audit';
import { db } from '@/lib/db';
import { log } from '@/lib/log';
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
  // Not waited for: the answer must take as long for somebody as for nobody.
  const recorded = recordSignIn(given.data.email, outcome.status, 'password');
  if (outcome.status === 'locked') {
    log.warn('sign-in is locked', { sourceIp: origin.sourceIp, seconds: outcome.seconds });
    throw lockedError(outcome.seconds);
  }
  if (outcome.status === 'refused') return null;
  await recorded;
  return { id: outcome.person.id, sessionId: outcome.sessionId };
}

/** Ends the session of a browser that signs out. */
export async function signOut(sessionId: string | undefined): Promise<void> {
  if (!sessionId) return;
  const prisma = await db();
  const session = await findSession(prisma, sessionId);
  if (!session) return;
  await prisma.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: new Date() } });
  await recordSignOut({ ...session.user, role: session.role });
}
