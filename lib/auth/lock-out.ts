import 'server-only';
import type { PrismaClient } from '@/lib/db/generated/client';
import { RateLimit } from '@/lib/rate-limit';

export const FAILURES_MAX = 10;
/** A whole office may share an address. */
export const FAILURES_OF_SOURCE_MAX = 50;
/** How long failures count, and so how long a lock lasts at most. */
export const WINDOW_MS = 15 * 60_000;

const sources = new RateLimit({ max: FAILURES_OF_SOURCE_MAX, windowMs: WINDOW_MS });

export interface Attempt {
  email: string;
  sourceIp: string;
}

/**
 * Counts one attempt before its password is looked at, so that many at once cannot all slip under the limit.
 * Returns the seconds to wait where there were too many: 0 lets it go on. Unknown e-mail addresses count too: the answer
 * must not tell who has an account.
 */
export async function claimAttempt(prisma: PrismaClient, { email, sourceIp }: Attempt, now: Date): Promise<number> {
  const source = sources.claim(sourceIp, now.getTime());
  if (!source.isAllowed) return source.resetSeconds;
  const windowOpen = new Date(now.getTime() - WINDOW_MS);
  await prisma.signInAttempts.deleteMany({ where: { windowStartedAt: { lt: windowOpen } } });
  const { failures, windowStartedAt } = await prisma.signInAttempts.upsert({
    where: { email },
    create: { email, failures: 1, windowStartedAt: now },
    update: { failures: { increment: 1 } },
  });
  if (failures <= FAILURES_MAX) return 0;
  return Math.max(1, Math.ceil((windowStartedAt.getTime() + WINDOW_MS - now.getTime()) / 1000));
}

/** A right password clears the count of its e-mail, and was no attempt at guessing. */
export async function clearAttempts(prisma: PrismaClient, { email, sourceIp }: Attempt): Promise<void> {
  sources.giveBack(sourceIp);
  await forgetFailures(prisma, email);
}

/** Lifts the lock of an e-mail. */
export async function forgetFailures(prisma: PrismaClient, email: string): Promise<void> {
  await prisma.signInAttempts.deleteMany({ where: { email } });
}
