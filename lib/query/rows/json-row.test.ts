import { expect, it } from 'vitest';
import { jsonRow } from './json-row';
import { keyNames } from './key-names';

const columns = [
  { name: 'id', type: 'bigint' },
  { name: 'price', type: 'decimal(38,2)' },
  { name: 'ratio', type: 'double' },
  { name: 'ok', type: 'boolean' },
  { name: 'at', type: 'timestamp(3)' },
  { name: 'day', type: 'date' },
  { name: 'note', type: 'varchar' },
];
const print = (...row: (string | null)[]) => JSON.stringify(jsonRow(keyNames(columns), columns, row));

it('writes numbers with all their digits, and never as text', () => {
  expect(print('9223372036854775807', '12345678901234567890.10', '1.5E10', 'true', null, null, '')).toBe(
    '{"id":9223372036854775807,"price":12345678901234567890.10,"ratio":1.5E10,"ok":true,"at":null,"day":null,"note":""}',
  );
});

it('writes what JSON has no number for as text', () => {
  expect(print('1', '1.00', 'NaN', 'false', '2026-01-02 03:04:05.678', '2026-01-02', '12')).toBe(
    '{"id":1,"price":1.00,"ratio":"NaN","ok":false,"at":"2026-01-02T03:04:05.678","day":"2026-01-02","note":"12"}',
  );
});

it('keeps columns of the same name apart', () => {
  const same = ['a', 'a', 'a_2', 'a'].map((name) => ({ name, type: 'varchar' }));
  expect(keyNames(same)).toEqual(['a', 'a_2', 'a_2_2', 'a_3']);
});
