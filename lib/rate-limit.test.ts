import { expect, it } from 'vitest';
import { requireAllowance } from './auth/require-allowance';
import { claimRequest } from './rate-limit';

it('lets a holder ask so often a minute, and counts each for itself', () => {
  const allowed = Array.from({ length: 63 }, () => claimRequest('a', 60, 1_000).isAllowed);
  expect(allowed.filter(Boolean)).toHaveLength(60);
  expect(claimRequest('b', 60, 1_000)).toEqual({ isAllowed: true, remaining: 59, resetSeconds: 60 });
  expect(claimRequest('a', 60, 31_000)).toMatchObject({ isAllowed: false, remaining: 0, resetSeconds: 30 });
  expect(claimRequest('a', 60, 61_000).isAllowed).toBe(true);
});

it('says how long to wait with costly work, which one person asks for and not another, one kind and not all', () => {
  const [ada, bob] = [{ user: { id: 'ada' } }, { user: { id: 'bob' } }];
  for (let times = 0; times < 30; times++) requireAllowance(ada, 'export');
  expect(() => requireAllowance(ada, 'export')).toThrow(
    expect.objectContaining({
      code: 'THROTTLED',
      reason: 'tooOften',
      details: { perMinute: 30, retrySeconds: expect.any(Number) },
    }),
  );
  expect(() => requireAllowance(ada, 'zip')).not.toThrow();
  expect(() => requireAllowance(bob, 'export')).not.toThrow();
});
