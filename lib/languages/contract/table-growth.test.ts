import { expect, test } from 'vitest';
import { addGrowth, readGrowth } from './table-growth';

const point = (day: number, rows: number, execution = `run-${day}`) => ({
  at: Date.UTC(2026, 0, day),
  rows,
  sizeBytes: rows * 10,
  execution,
});

test('keeps the last twenty runs, oldest first, whatever order they are reported in', () => {
  let text: string | undefined;
  for (const day of [2, 1, ...Array.from({ length: 25 }, (_, index) => index + 3)])
    text = addGrowth(text, point(day, day));
  expect(readGrowth(text).map(({ rows }) => rows)).toEqual(Array.from({ length: 20 }, (_, index) => index + 8));
});

test('takes a run that is reported twice once', () => {
  const once = addGrowth(undefined, point(1, 5));
  expect(addGrowth(once, point(1, 5))).toBe(once);
  expect(readGrowth(once)).toEqual([point(1, 5)]);
});

test('reads over what is no point', () => {
  expect(readGrowth('nonsense;2026-01-01T00:00:00.000Z,1;,,,;2026-01-01T00:00:00.000Z,5,50,run-1')).toEqual([
    point(1, 5),
  ]);
  expect(readGrowth(undefined)).toEqual([]);
});
