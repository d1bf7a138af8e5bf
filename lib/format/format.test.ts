import { describe, expect, test } from 'vitest';
import { formatBytes } from './bytes';
import { formatDuration } from './duration';
import { formatNumber, formatPrice, formatShare } from './number';
import { formatRelative, formatTime } from './time';

/** Spaces of every kind made plain: which one is typography, and is checked once below. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('numbers', () => {
  test('are grouped as the language groups them', () => {
    expect(formatNumber(1_204_833.4, 'en')).toBe('1,204,833.4');
    expect(formatNumber(1_204_833.4, 'fr')).toBe('1\u202f204\u202f833,4');
  });
  test('have a true minus, and nothing is an en dash', () => {
    expect(formatNumber(-3, 'en')).toBe('−3');
    expect(formatNumber(null, 'fr')).toBe('–');
  });
  test('shares', () => {
    expect(plain(formatShare(0.1842, 'en'))).toBe('18.4%');
    expect(plain(formatShare(0.1842, 'fr'))).toBe('18,4 %');
  });
  test('prices keep two significant digits and at least two decimals', () => {
    expect(formatPrice(0.00006, 'en')).toBe('$0.00006');
    expect(plain(formatPrice(0.00006, 'fr'))).toBe('0,00006 $');
    expect(formatPrice(0.0031, 'en')).toBe('$0.0031');
    expect(formatPrice(12, 'en')).toBe('$12.00');
    expect(formatPrice(0, 'en')).toBe('$0.00');
  });
});

describe('sizes', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [12_400_000, '12.4 MB'],
    [999_960, '1 MB'],
    [186_200_000, '186 MB'],
    [5e18, '5,000 PB'],
  ])('%d is %s', (bytes, text) => {
    expect(plain(formatBytes(bytes, 'en'))).toBe(text);
  });
  test('French counts in octets', () => {
    expect(plain(formatBytes(12_400_000, 'fr'))).toBe('12,4 Mo');
  });
});

describe('durations', () => {
  test.each([
    [42, '42 ms'],
    [400, '0.4 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min'],
    [102_000, '1 min 42 s'],
    [3_599_600, '1 h'],
    [17_460_000, '4 h 51 min'],
    [90_000_000, '1 d 1 h'],
  ])('%d ms is %s', (ms, text) => {
    expect(plain(formatDuration(ms, 'en'))).toBe(text);
  });
});

describe('times', () => {
  const at = new Date('2026-02-28T13:02:58Z');
  const paris = { timeZone: 'Europe/Paris' };
  test('are of the reader’s zone', () => {
    expect(formatTime(at, { ...paris, locale: 'en' })).toBe('28 Feb 2026, 14:02');
    expect(formatTime(at, { ...paris, locale: 'fr', withSeconds: true })).toBe('28 févr. 2026, 14:02:58');
  });
  test.each([
    ['2026-02-28T13:03:10Z', 'now', 'maintenant'],
    ['2026-02-28T13:05:00Z', '2 min ago', 'il y a 2 min'],
    ['2026-02-28T18:30:00Z', '5 h ago', 'il y a 5 h'],
    // Midnight has passed in Paris, not yet in UTC.
    ['2026-02-28T23:30:00Z', 'yesterday 14:02', 'hier 14:02'],
    ['2026-03-08T13:00:00Z', '28 Feb 2026, 14:02', '28 févr. 2026, 14:02'],
  ])('seen at %s: %s', (now, en, fr) => {
    expect(plain(formatRelative(at, new Date(now), { ...paris, locale: 'en' }))).toBe(en);
    expect(plain(formatRelative(at, new Date(now), { ...paris, locale: 'fr' }))).toBe(fr);
  });
});
