import { expect, it } from 'vitest';
import { csvField } from '@/lib/languages/csv/csv-line.ts';
import { isFormula } from '@/lib/languages/csv/is-formula.ts';
import type { Cell, ResultColumn } from '../schemas';
import { csvRows } from './csv-rows';
import { jsonRows, ndjsonRows } from './json-rows';

const columns: ResultColumn[] = [
  { name: 'id', type: 'bigint' },
  { name: 'note', type: 'varchar' },
];

async function* pagesOf(...pages: Cell[][][]) {
  yield* pages;
}

type Write = typeof csvRows;

async function written(write: Write, ...pages: Cell[][][]): Promise<string> {
  return Buffer.concat(await Array.fromAsync(write(columns, pagesOf(...pages)))).toString();
}

it('writes pages as one document in each format', async () => {
  const pages: Cell[][][] = [[['1', 'a']], [], [['2', null]]];
  expect(JSON.parse(await written(jsonRows, ...pages))).toEqual([
    { id: 1, note: 'a' },
    { id: 2, note: null },
  ]);
  expect(await written(ndjsonRows, ...pages)).toBe('{"id":1,"note":"a"}\n{"id":2,"note":null}\n');
  expect(await written(csvRows, ...pages)).toBe('id,note\r\n1,a\r\n2,\r\n');
});

it('writes nothing as nothing, and still as a document', async () => {
  expect(JSON.parse(await written(jsonRows, []))).toEqual([]);
  expect(await written(ndjsonRows, [])).toBe('');
  expect(await written(csvRows, [])).toBe('id,note\r\n');
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

it.each(['=1+1', '@SUM(A1)', '-2+3', '+44 20', '\t=x', '\r=x', ' =x', '＝1', '-'])('knows %j for a formula', (text) => {
  expect(isFormula(text)).toBe(true);
});

it.each(['-12.50', '+1e9', '0', 'a=b', '', '−3', 'x\n=y', '-.5'])('knows %j for none', (text) => {
  expect(isFormula(text)).toBe(false);
});

const digits: ResultColumn[] = [
  { name: 'id', type: 'bigint' },
  { name: 'price', type: 'decimal(38,3)' },
  { name: 'ok', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamp' },
  { name: 'note', type: 'varchar' },
];
const digitRows: Cell[][] = [
  ['9223372036854775807', '-12345678901234567890.123', 'true', '2026-11-25', '2026-11-25 14:03:00.250', '=1+1'],
  ['2', '1.500', 'false', '1850-01-01', '1850-01-01 00:00:00.000', ''],
  [null, null, null, null, null, null],
];

async function writtenDigits(write: Write): Promise<string> {
  return Buffer.concat(
    await Array.fromAsync(write(digits, pagesOf(digitRows.slice(0, 1), [], digitRows.slice(1)))),
  ).toString();
}

it('writes CSV that no spreadsheet runs, with null told from an empty text', async () => {
  const lines = (await writtenDigits(csvRows)).split('\r\n');
  expect(lines).toEqual([
    'id,price,ok,day,at,note',
    "9223372036854775807,-12345678901234567890.123,true,2026-11-25,2026-11-25 14:03:00.250,'=1+1",
    '2,1.500,false,1850-01-01,1850-01-01 00:00:00.000,""',
    ',,,,,',
    '',
  ]);
});

it('writes JSON with every digit', async () => {
  const text = await writtenDigits(jsonRows);
  expect(text).toContain('"id":9223372036854775807,"price":-12345678901234567890.123,"ok":true');
  expect(JSON.parse(text)).toHaveLength(3);
  expect(JSON.parse(await written(jsonRows))).toEqual([]);
  const lines = (await writtenDigits(ndjsonRows)).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).note)).toEqual(['=1+1', '', null]);
});
