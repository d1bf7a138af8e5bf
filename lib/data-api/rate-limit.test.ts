import { expect, it } from 'vitest';
import { LIMITS } from './contract';
import { claimRequest } from './rate-limit';

it('lets a holder ask so often a minute, and counts each for itself', () => {
  const allowed = Array.from({ length: LIMITS.requestsPerMinute + 3 }, () => claimRequest('a', 1_000).isAllowed);
  expect(allowed.filter(Boolean)).toHaveLength(LIMITS.requestsPerMinute);
  expect(claimRequest('b', 1_000)).toEqual({
    isAllowed: true,
    remaining: LIMITS.requestsPerMinute - 1,
    resetSeconds: 60,
  });
  expect(claimRequest('a', 31_000)).toMatchObject({ isAllowed: false, remaining: 0, resetSeconds: 30 });
  expect(claimRequest('a', 61_000).isAllowed).toBe(true);
});
