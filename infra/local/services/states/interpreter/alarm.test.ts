import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { setAlarm } from './alarm.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('rings after years, which is more than a timer can count', () => {
  const ring = vi.fn();
  const ms = 99_999_999 * 1000;
  setAlarm(ms, ring);
  vi.advanceTimersByTime(ms - 1);
  expect(ring).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ring).toHaveBeenCalledOnce();
});

it('does not ring when it was stopped', () => {
  const ring = vi.fn();
  setAlarm(5_000_000_000, ring)();
  vi.advanceTimersByTime(6_000_000_000);
  expect(ring).not.toHaveBeenCalled();
});
