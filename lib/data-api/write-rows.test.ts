import { expect, it } from 'vitest';
import type { Cell } from '@/lib/query/schemas';
import { csvField, rowWriters } from './write-rows';

const columns = [
  { name: 'id', type: 'bigint' },
  { name: 'note', type: 'varchar' },
];

async function* pagesOf(...pages: Cell[][][]) {
  yield* pages;
}

async function write(type: keyof typeof rowWriters, ...pages: Cell[][][]): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of rowWriters[type](columns, pagesOf(...pages))) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

it('writes pages as one document in each format', async () => {
  const pages: Cell[][][] = [[['1', 'a']], [], [['2', null]]];
  expect(JSON.parse(await write('application/json', ...pages))).toEqual([
    { id: 1, note: 'a' },
    { id: 2, note: null },
  ]);
  expect(await write('application/x-ndjson', ...pages)).toBe('{"id":1,"note":"a"}\n{"id":2,"note":null}\n');
  expect(await write('text/csv', ...pages)).toBe('id,note\r\n1,a\r\n2,\r\n');
});

it('writes nothing as nothing, and still as a document', async () => {
  expect(JSON.parse(await write('application/json', []))).toEqual([]);
  expect(await write('application/x-ndjson', [])).toBe('');
  expect(await write('text/csv', [])).toBe('id,note\r\n');
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
