import { expect, it } from 'vitest';
import { requireAllowance } from './require-allowance';

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
