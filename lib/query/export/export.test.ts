import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import type { Cell, ResultColumn } from '../schemas';
import { isFormula } from './spreadsheet-text';
import { writeCsv } from './write-csv';
import { writeJson, writeNdjson } from './write-json';
import { writeParquet } from './write-parquet';
import { writeXlsx } from './write-xlsx';

const columns: ResultColumn[] = [
  { name: 'id', type: 'bigint' },
  { name: 'price', type: 'decimal(38,3)' },
  { name: 'ok', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamp' },
  { name: 'note', type: 'varchar' },
];
const rows: Cell[][] = [
  ['9223372036854775807', '-12345678901234567890.123', 'true', '2026-11-25', '2026-11-25 14:03:00.250', '=1+1'],
  ['2', '1.500', 'false', '1850-01-01', '1850-01-01 00:00:00.000', ''],
  [null, null, null, null, null, null],
];
type Write = (columns: readonly ResultColumn[], batches: AsyncIterable<Cell[][]>) => AsyncGenerator<Uint8Array>;

async function written(write: Write, batches: Cell[][][] = [rows.slice(0, 1), [], rows.slice(1)]): Promise<Buffer> {
  async function* coming() {
    yield* batches;
  }
  return Buffer.concat(await Array.fromAsync(write(columns, coming())));
}

it.each(['=1+1', '@SUM(A1)', '-2+3', '+44 20', '\t=x', '\r=x', ' =x', '＝1', '-'])('knows %j for a formula', (text) => {
  expect(isFormula(text)).toBe(true);
});

it.each(['-12.50', '+1e9', '0', 'a=b', '', '−3', 'x\n=y', '-.5'])('knows %j for none', (text) => {
  expect(isFormula(text)).toBe(false);
});

it('writes CSV that no spreadsheet runs, with null told from an empty text', async () => {
  const lines = (await written(writeCsv)).toString().split('\r\n');
  expect(lines).toEqual([
    '\ufeffid,price,ok,day,at,note',
    "9223372036854775807,-12345678901234567890.123,true,2026-11-25,2026-11-25 14:03:00.250,'=1+1",
    '2,1.500,false,1850-01-01,1850-01-01 00:00:00.000,""',
    ',,,,,',
    '',
  ]);
});

it('writes JSON with every digit', async () => {
  const text = (await written(writeJson)).toString();
  expect(text).toContain('"id":9223372036854775807,"price":-12345678901234567890.123,"ok":true');
  expect(JSON.parse(text)).toHaveLength(3);
  expect(JSON.parse((await written(writeJson, [])).toString())).toEqual([]);
  const lines = (await written(writeNdjson)).toString().trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).note)).toEqual(['=1+1', '', null]);
});

it('writes a workbook: numbers and dates as such, what Excel cannot hold as text, texts never as formulas', async () => {
  const parts = unzipSync(await written(writeXlsx));
  expect(Object.keys(parts).sort()).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/_rels/workbook.xml.rels',
    'xl/styles.xml',
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
  ]);
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] as Uint8Array);
  const cell = (at: string) => new RegExp(`<c r="${at}"[^>]*>.*?</c>`).exec(sheet)?.[0];
  expect(cell('A2')).toContain('t="inlineStr"><is><t xml:space="preserve">9223372036854775807<');
  expect(cell('A3')).toBe('<c r="A3"><v>2</v></c>');
  expect(cell('B3')).toBe('<c r="B3"><v>1.500</v></c>');
  expect(cell('C2')).toBe('<c r="C2" t="b"><v>1</v></c>');
  expect(cell('D2')).toBe('<c r="D2" s="2"><v>46351</v></c>');
  expect(cell('D3')).toContain('>1850-01-01<');
  expect(Number(/<v>(.*)<\/v>/.exec(cell('E2') ?? '')?.[1])).toBeCloseTo(46351 + (14 * 3600 + 180.25) / 86400, 8);
  expect(cell('F2')).toBe('<c r="F2" s="5" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>');
  expect(cell('F4')).toBeUndefined();
  expect(sheet).not.toContain('<f>');
});

it('escapes what XML cannot carry, and cuts what a cell cannot hold', async () => {
  const note = (text: string): Cell[] => [null, null, null, null, null, text];
  const parts = unzipSync(await written(writeXlsx, [[note('a<b>&\u0001\ud800_x0041_'), note('x'.repeat(40_000))]]));
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] as Uint8Array);
  expect(sheet).toContain('>a&lt;b&gt;&amp;_x0001__xD800__x005F_x0041_<');
  expect(/x{100,}…/.exec(sheet)?.[0]).toHaveLength(32_767);
});

it('writes Parquet that another reader reads with types and digits', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'export-'));
  const file = path.join(folder, 'result.parquet');
  await writeFile(file, await written(writeParquet));
  const connection = await (await DuckDBInstance.create()).connect();
  const described = await connection.runAndReadAll(`DESCRIBE FROM '${file}'`);
  expect(described.getRows().map(([name, type]) => [name, type])).toEqual([
    ['id', 'BIGINT'],
    ['price', 'DECIMAL(38,3)'],
    ['ok', 'BOOLEAN'],
    ['day', 'DATE'],
    ['at', 'TIMESTAMP'],
    ['note', 'VARCHAR'],
  ]);
  const read = await connection.runAndReadAll(`SELECT COLUMNS(*)::varchar FROM '${file}'`);
  expect(read.getRows()).toEqual([
    ['9223372036854775807', '-12345678901234567890.123', 'true', '2026-11-25', '2026-11-25 14:03:00.25', '=1+1'],
    ['2', '1.500', 'false', '1850-01-01', '1850-01-01 00:00:00', ''],
    [null, null, null, null, null, null],
  ]);
  await writeFile(file, await written(writeParquet, []));
  expect((await connection.runAndReadAll(`SELECT count(*) FROM '${file}'`)).getRows()).toEqual([[0n]]);
  await rm(folder, { recursive: true });
});
