import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';
import { covers, overlap } from './pattern-cover.ts';

describe('covers', () => {
  it.each([
    ['*', 'anything*', true],
    ['arn:aws:s3:::lake/*', 'arn:aws:s3:::lake/sales/*', true],
    ['arn:aws:s3:::lake/sales/*', 'arn:aws:s3:::lake/*', false],
    ['a?c', 'abc', true],
    ['a?c', 'a*c', false],
    ['a*c', 'a?c', true],
    ['a?', 'a${aws:username}', false],
    ['home/*', 'home/${aws:username}/*', true],
    ['home/${aws:username}/*', 'home/${aws:username}/a', true],
    ['home/${aws:username}', 'home/ana', false],
    ['a?', 'a${*}', true],
  ])('%s over %s: %s', (wide, narrow, is) => {
    expect(covers(wide, narrow)).toBe(is);
  });

  it('folds case where it is told to', () => {
    expect(covers('s3:get*', 's3:GetObject')).toBe(false);
    expect(covers('s3:get*', 's3:GetObject', { ignoreCase: true })).toBe(true);
  });
});

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 7 });
const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 7 });
const matches = (one: string, value: string) => compilePattern(one, { hasVariables: false })(value, () => undefined);

describe('of any two patterns', () => {
  it('a covering one matches all that the other one matches', () => {
    fc.assert(
      fc.property(pattern, pattern, text, (wide, narrow, value) => {
        fc.pre(matches(narrow, value) === true && covers(wide, narrow));
        expect(matches(wide, value)).toBe(true);
      }),
    );
  });

  it('those that match one text overlap, and those that match none do not', () => {
    const texts = Array.from({ length: 2 ** 8 }, (_, number) => number.toString(2).slice(1)).map((bits) =>
      bits.replaceAll('0', 'a').replaceAll('1', 'b'),
    );
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        const [a, b] = [one.slice(0, 4), other.slice(0, 4)];
        expect(overlap(a, b)).toBe(texts.some((value) => matches(a, value) && matches(b, value)));
      }),
    );
  });
});
