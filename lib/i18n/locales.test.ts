import { describe, expect, test } from 'vitest';
import { fromAcceptLanguage } from './locales';

describe('fromAcceptLanguage', () => {
  test.each([
    [null, 'en'],
    ['', 'en'],
    ['de-DE,de;q=0.9', 'en'],
    ['fr-CH, fr;q=0.9, en;q=0.8', 'fr'],
    ['en;q=0.5, fr', 'fr'],
    ['fr;q=0, en;q=0.1', 'en'],
    [';;;q=x,fr', 'fr'],
  ])('%s → %s', (header, locale) => {
    expect(fromAcceptLanguage(header)).toBe(locale);
  });
});
