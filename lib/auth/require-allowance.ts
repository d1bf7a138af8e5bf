import 'server-only';
import { AppError } from '@/lib/errors';
import { claimRequest } from '@/lib/rate-limit';

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

/** Throws THROTTLED for work that a person has asked for too often: behind `requirePermission`, before anything is done. */
export function requireAllowance(ctx: { user: { id: string } }, work: keyof typeof PER_MINUTE): void {
  const perMinute = PER_MINUTE[work];
  const { isAllowed, resetSeconds } = claimRequest(`${work} ${ctx.user.id}`, perMinute);
  if (isAllowed) return;
  throw new AppError('THROTTLED', `More than ${perMinute} a minute of this (${work}). Wait ${resetSeconds} seconds.`, {
    reason: 'tooOften',
    details: { perMinute, retrySeconds: resetSeconds },
  });
}
