/**
 * A workbook, written while its rows come: Office Open XML is a zip of XML, and the zip's table of contents is its end.
 * https://learn.microsoft.com/en-us/office/open-xml/spreadsheet/structure-of-a-spreadsheetml-document
 */
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { columnKind } from '../column-kind';
import type { Cell, ResultColumn } from '../schemas';
import { sheetEnd, sheetRow, sheetStart, styles, workbookParts } from './xlsx-parts';

/** Excel's own limit is 1,048,576 rows with the header: what is more goes on in another sheet. */
const SHEET_ROWS = 1_048_575;
/** The zip's table of contents holds lengths of 32 bits. */
const SHEET_BYTES = 2_000_000_000;
/** Speed before size: XML of rows packs well at any level. */
const LEVEL = 1;

export async function* xlsxRows(
  columns: readonly ResultColumn[],
  pages: AsyncIterable<readonly Cell[][]>,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipChunks();
  const kinds = columns.map(({ type }) => ({ type, kind: columnKind(type) }));
  const sheets: string[] = [];
  let row = 0;
  let bytes = 0;
  let sheet = begin();
  function begin(): ZipDeflate {
    sheets.push(sheets.length === 0 ? 'Result' : `Result ${sheets.length + 1}`);
    const opened = zip.add(`xl/worksheets/sheet${sheets.length}.xml`);
    row = 1;
    bytes = 0;
    push(opened, sheetStart(columns));
    return opened;
  }
  function push(to: ZipDeflate, text: string): void {
    const part = strToU8(text);
    bytes += part.length;
    to.push(part);
  }
  function finish(): void {
    sheet.push(strToU8(sheetEnd(columns.length, row)), true);
  }
  for await (const rows of pages) {
    for (let from = 0; from < rows.length; ) {
      if (row > SHEET_ROWS || bytes > SHEET_BYTES) {
        finish();
        sheet = begin();
      }
      const some = rows.slice(from, from + SHEET_ROWS + 1 - row);
      from += some.length;
      push(sheet, some.map((cells) => sheetRow(kinds, cells, ++row)).join(''));
    }
    yield* zip.take();
  }
  finish();
  zip.addWhole('xl/styles.xml', styles);
  for (const [path, text] of workbookParts(sheets)) zip.addWhole(path, text);
  zip.end();
  yield* zip.take();
}

class ZipChunks {
  #chunks: Uint8Array[] = [];
  readonly #zip = new Zip((error, chunk) => {
    if (error) throw error;
    this.#chunks.push(chunk);
  });

  add(path: string): ZipDeflate {
    const entry = new ZipDeflate(path, { level: LEVEL });
    this.#zip.add(entry);
    return entry;
  }

  addWhole(path: string, text: string): void {
    this.add(path).push(strToU8(text), true);
  }

  end(): void {
    this.#zip.end();
  }

  take(): Uint8Array[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    return chunks;
  }
}
