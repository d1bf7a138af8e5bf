import 'server-only';
import { AppError } from '@/lib/errors';
import { RateLimit } from '@/lib/rate-limit';

/** What costs the lake, or this server, more than a look does, and how often a minute one person may ask for it. */
const PER_MINUTE = {
  query: 240,
  export: 30,
  zip: 30,
  report: 30,
  profile: 30,
  check: 60,
  compare: 60,
  pointInTime: 60,
} as const;

const limits = new Map(
  Object.entries(PER_MINUTE).map(([work, max]) => [work, new RateLimit({ max, windowMs: 60_000 })]),
);

/** Throws THROTTLED for work that a person has asked for too often: behind `requirePermission`, before anything is done. */
export function requireAllowance(ctx: { user: { id: string } }, work: keyof typeof PER_MINUTE): void {
  const perMinute = PER_MINUTE[work];
  const { isAllowed, resetSeconds } = limits.get(work)?.claim(ctx.user.id) ?? { isAllowed: true, resetSeconds: 0 };
  if (isAllowed) return;
  throw new AppError('THROTTLED', `More than ${perMinute} a minute of this (${work}). Wait ${resetSeconds} seconds.`, {
    reason: 'tooOften',
    details: { perMinute, retrySeconds: resetSeconds },
  });
}
