import { expect, it } from 'vitest';
import { ticksOf } from './ticks';

it('marks round times, six at most', () => {
  expect(ticksOf(1000)).toEqual([0, 200, 400, 600, 800]);
  expect(ticksOf(9000)).toEqual([0, 2000, 4000, 6000, 8000]);
  expect(ticksOf(120_000)).toEqual([0, 20_000, 40_000, 60_000, 80_000, 100_000]);
  for (const span of [0, 1, 37, 999, 61_000, 4e6, 1e9]) expect(ticksOf(span).length).toBeLessThanOrEqual(6);
});
