import { expect, it } from 'vitest';
import type { Cell } from '@/lib/query/schemas';
import { csvField, rowWriters } from './write-rows';

const columns = [
  { name: 'id', type: 'bigint' },
  { name: 'note', type: 'varchar' },
];
const pages: Cell[][][] = [[['1', 'a']], [], [['2', null]]];

function write(type: keyof typeof rowWriters): string {
  const writer = rowWriters[type];
  return [
    writer.begin(columns),
    ...pages.map((rows, index) => writer.rows(columns, rows, index === 0)),
    writer.end,
  ].join('');
}

it('writes pages as one document in each format', () => {
  expect(JSON.parse(write('application/json'))).toEqual([
    { id: 1, note: 'a' },
    { id: 2, note: null },
  ]);
  expect(write('application/x-ndjson')).toBe('{"id":1,"note":"a"}\n{"id":2,"note":null}\n');
  expect(write('text/csv')).toBe('id,note\r\n1,a\r\n2,\r\n');
});

it.each([
  ['=1+1', "'=1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-2+3', "'-2+3"],
  ['+44 20', "'+44 20"],
  ['-12.50', '-12.50'],
  ['+1e9', '+1e9'],
  ['a"b', '"a""b"'],
  ['', '""'],
  ['\t=x', "'\t=x"],
])('writes %j into a CSV as %j, so that no spreadsheet runs it', (value, field) => {
  expect(csvField(value)).toBe(field);
});
