import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import type { Cell, ResultColumn } from '../schemas';
import { xlsxRows } from './xlsx-rows';

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

async function workbook(pages: Cell[][][] = [rows.slice(0, 1), [], rows.slice(1)]): Promise<Buffer> {
  async function* coming() {
    yield* pages;
  }
  return Buffer.concat(await Array.fromAsync(xlsxRows(columns, coming())));
}

it('writes a workbook: numbers and dates as such, what Excel cannot hold as text, texts never as formulas', async () => {
  const parts = unzipSync(await workbook());
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
  const parts = unzipSync(await workbook([[note('a<b>&\u0001\ud800_x0041_'), note('x'.repeat(40_000))]]));
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] as Uint8Array);
  expect(sheet).toContain('>a&lt;b&gt;&amp;_x0001__xD800__x005F_x0041_<');
  expect(/x{100,}…/.exec(sheet)?.[0]).toHaveLength(32_767);
});
