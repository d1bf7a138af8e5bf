import 'server-only';
import type { PrismaClient } from '@/lib/db/generated/client';
import { LOCKED_MINUTES } from './sign-in-error';

export const FAILURES_MAX = 10;
export const WINDOW_MS = LOCKED_MINUTES * 60_000;

/**
 * Counts one attempt before its password is looked at, so that many at once cannot all slip under the limit.
 * Returns whether it may go on. Unknown addresses count too: the answer must not tell who has an account.
 */
export async function claimAttempt(prisma: PrismaClient, email: string, now: Date): Promise<boolean> {
  const windowOpen = new Date(now.getTime() - WINDOW_MS);
  await prisma.signInAttempts.deleteMany({ where: { windowStartedAt: { lt: windowOpen } } });
  const { failures } = await prisma.signInAttempts.upsert({
    where: { email },
    create: { email, failures: 1, windowStartedAt: now },
    update: { failures: { increment: 1 } },
  });
  return failures <= FAILURES_MAX;
}

/** A right password clears the count. */
export async function clearAttempts(prisma: PrismaClient, email: string): Promise<void> {
  await prisma.signInAttempts.deleteMany({ where: { email } });
}
