import { expect, test } from 'vitest';
import { excludes } from './exclusions.ts';

test.each([
  ['_lake/**', '_lake/contracts/a.json', true],
  ['_lake/**', 'x/_lake/a', false],
  ['*.csv', 'a.csv', true],
  ['*.csv', 'a/b.csv', false],
  ['**.{csv,json}', 'a/b.json', true],
  ['data-[0-9]?/**', 'data-12/x', true],
  ['data-[!0-9]/**', 'data-1/x', false],
])('the pattern %s on %s', (pattern, path, expected) => {
  expect(excludes([pattern])(path)).toBe(expected);
});
