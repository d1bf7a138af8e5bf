import { expect, it } from 'vitest';
import { type ParameterType, QueryParameters } from './parameters';

const issueOf = (type: ParameterType, value: string) =>
  QueryParameters.safeParse([{ name: 'p', type, default: value }]).error?.issues[0]?.message;

it.each([
  ['text', "it's -- ?"],
  ['text', ''],
  ['integer', '+42'],
  ['integer', '-9223372036854775808'],
  ['decimal', '.5'],
  ['date', '2024-02-29'],
  ['timestamp', '2026-11-26T14:03'],
  ['boolean', 'true'],
] as const)('takes %s %s as a default', (type, value) => {
  expect(issueOf(type, value)).toBeUndefined();
});

it.each([
  ['integer', '1; DROP TABLE x'],
  ['integer', '9223372036854775808'],
  ['integer', ''],
  ['decimal', '1.2.3'],
  ['decimal', '.'],
  ['decimal', '1e5'],
  ['date', '2023-02-29'],
  ['date', "2024-01-01' OR '1'='1"],
  ['timestamp', '2026-13-26 14:03:00'],
  ['timestamp', '2026-11-26'],
  ['boolean', 'TRUE'],
] as const)('refuses %s %s', (type, value) => {
  expect(issueOf(type, value)).toBe(type);
});

it('refuses a text that is longer than Athena takes with its quotes, and one name with two meanings', () => {
  expect(issueOf('text', "'".repeat(600))).toBe('textTooLong');
  expect(QueryParameters.safeParse([{ name: '1a', type: 'date' }]).success).toBe(false);
  const [from, to] = [
    { name: 'town', type: 'text' },
    { name: 'since', type: 'date' },
  ] as const;
  expect(QueryParameters.safeParse([from, to, from]).success).toBe(true);
  const twice = QueryParameters.safeParse([from, { ...to, name: 'town' }]);
  expect(twice.error?.issues[0]).toMatchObject({ path: [1, 'name'], message: 'parameterTwice' });
});
