import 'server-only';
import { type Allowance, RateLimit } from '@/lib/rate-limit';
import { LIMITS } from './contract';

const perMinute = new RateLimit({ max: LIMITS.requestsPerMinute, windowMs: 60_000 });

/** Counts a request of a token's holder in its present minute. */
export function claimRequest(holder: string, now = Date.now()): Allowance {
  return perMinute.claim(holder, now);
}
