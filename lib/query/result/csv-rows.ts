/**
 * Athena's result file: every value in quotes, NULL as nothing, rows ended by \n, the columns' names first.
 * https://docs.aws.amazon.com/athena/latest/ug/querying-finding-output-files.html
 * Rows are found and read as bytes, so that a row which nobody looks at costs no more than a walk over it.
 */
import type { Cell } from '../schemas.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const LINE_END = 0x0a;

/** A row lies in `bytes` from `start` up to and without `end`, and in the file at `offset`. */
export type OnRow = (bytes: Buffer, start: number, end: number, offset: number) => void;

/** Cuts a file that comes in chunks into rows. */
export class RowScanner {
  readonly #onRow: OnRow;
  #rest: Buffer = Buffer.alloc(0);
  /** Where `#rest` begins in the file. */
  #offset = 0;
  /** Where in `#rest` to go on looking, and in which state. */
  #scanned = 0;
  #isQuoted = false;

  constructor(onRow: OnRow) {
    this.#onRow = onRow;
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let isQuoted = this.#isQuoted;
    let start = 0;
    for (let index = this.#scanned; index < bytes.length; index++) {
      const byte = bytes[index];
      // A doubled quote leaves and enters again, which comes to the same.
      if (byte === QUOTE) isQuoted = !isQuoted;
      else if (byte === LINE_END && !isQuoted) {
        this.#onRow(bytes, start, index, this.#offset + start);
        start = index + 1;
      }
    }
    this.#isQuoted = isQuoted;
    this.#offset += start;
    this.#rest = bytes.subarray(start);
    this.#scanned = this.#rest.length;
  }

  /** A last row that nothing ends. */
  end(): void {
    if (this.#rest.length > 0) this.#onRow(this.#rest, 0, this.#rest.length, this.#offset);
    this.#rest = Buffer.alloc(0);
  }
}

/** All values of a row. */
export function cellsOf(bytes: Buffer, start: number, end: number): Cell[] {
  const cells: Cell[] = [];
  let from = start;
  let isQuoted = false;
  for (let index = start; index < end; index++) {
    const byte = bytes[index];
    if (byte === QUOTE) isQuoted = !isQuoted;
    else if (byte === COMMA && !isQuoted) {
      cells.push(readValue(bytes, from, index));
      from = index + 1;
    }
  }
  cells.push(readValue(bytes, from, end));
  return cells;
}

/** The value at one place of a row, without reading the others. */
export function cellAt(bytes: Buffer, start: number, end: number, place: number): Cell {
  let from = start;
  let at = 0;
  let isQuoted = false;
  for (let index = start; index < end; index++) {
    const byte = bytes[index];
    if (byte === QUOTE) isQuoted = !isQuoted;
    else if (byte === COMMA && !isQuoted) {
      if (at === place) return readValue(bytes, from, index);
      at++;
      from = index + 1;
    }
  }
  return at === place ? readValue(bytes, from, end) : null;
}

function readValue(bytes: Buffer, start: number, end: number): Cell {
  if (start === end) return null;
  if (bytes[start] !== QUOTE) return bytes.toString('utf8', start, end);
  const text = bytes.toString('utf8', start + 1, end - 1);
  return text.includes('""') ? text.replaceAll('""', '"') : text;
}

/** Writes a row as Athena does. */
export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',')}\n`;
}
