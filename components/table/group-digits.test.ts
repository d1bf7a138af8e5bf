import { expect, it } from 'vitest';
import { groupDigits } from './group-digits';

it('groups digits as each language does, and keeps every one of them', () => {
  expect(groupDigits('-1204833.40', 'en')).toBe('\u22121,204,833.40');
  expect(groupDigits('12345678901234567890.10', 'fr')).toBe(
    '12\u202f345\u202f678\u202f901\u202f234\u202f567\u202f890,10',
  );
  expect(groupDigits('999', 'en')).toBe('999');
});

it('leaves what is no plain number alone', () => {
  expect(['NaN', '1.5E-7', 'Infinity', ''].map((text) => groupDigits(text, 'fr'))).toEqual([
    'NaN',
    '1.5E-7',
    'Infinity',
    '',
  ]);
});
