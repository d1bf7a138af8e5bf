import { expect, test } from 'vitest';
import { fromLocalText, toLocalText } from './local-time';

test.each([
  ['2026-11-25T14:03:00Z', 'Europe/Paris', '2026-11-25T15:03:00'],
  ['2026-07-01T22:30:09Z', 'Asia/Kolkata', '2026-07-02T04:00:09'],
  ['2026-01-01T00:00:00Z', 'America/New_York', '2025-12-31T19:00:00'],
  ['2026-03-29T00:59:59Z', 'Europe/Paris', '2026-03-29T01:59:59'],
  ['2026-03-29T01:00:00Z', 'Europe/Paris', '2026-03-29T03:00:00'],
])('%s in %s is %s, and back', (utc, zone, local) => {
  expect(toLocalText(Date.parse(utc), zone)).toBe(local);
  expect(fromLocalText(local, zone)).toBe(Date.parse(utc));
});

test('of an hour that comes twice it is the first, and one that is left out is moved on', () => {
  expect(fromLocalText('2026-10-25T02:30', 'Europe/Paris')).toBe(Date.parse('2026-10-25T00:30:00Z'));
  expect(fromLocalText('2026-03-29T02:30', 'Europe/Paris')).toBe(Date.parse('2026-03-29T01:30:00Z'));
});

test.each(['', '2026-11-25', 'yesterday', '2026-13-01T00:00', '26-1-1T1:1'])('“%s” is no date and time', (text) => {
  expect(fromLocalText(text, 'UTC')).toBeUndefined();
});
