import { expect, it } from 'vitest';
import { tokensOf } from './json-tokens';

it('tells keys, texts and numbers apart, and loses no character', () => {
  const text = '{ "a\\"b": "c: 1", "n": -1.5e3, "t": true, "x": [null] }';
  const tokens = tokensOf(text);
  expect(tokens.map(([, token]) => token).join('')).toBe(text);
  expect(tokens.filter(([kind]) => kind).map(([kind, token]) => `${kind} ${token}`)).toEqual([
    'k "a\\"b"',
    's "c: 1"',
    'k "n"',
    'n -1.5e3',
    'k "t"',
    'n true',
    'k "x"',
    'n null',
  ]);
});

it('leaves what is no JSON, or too long, as it is', () => {
  expect(tokensOf('hello')).toEqual([['', 'hello']]);
  const long = '"x",'.repeat(20_000);
  expect(tokensOf(long)).toEqual([['', long]]);
});
