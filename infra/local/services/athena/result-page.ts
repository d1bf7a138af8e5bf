import { open } from 'node:fs/promises';

/** One value: undefined is NULL. */
export type ResultRow = (string | undefined)[];

export interface ResultPage {
  rows: ResultRow[];
  /** Byte offset of the row after the page; undefined at the end of the file. */
  next: number | undefined;
}

export interface PageOptions {
  maxRows: number;
  format: 'csv' | 'txt';
}

const CHUNK_BYTES = 256 * 1024;

/**
 * Reads `maxRows` rows of a result file from a byte offset on. The offset travels in the page's token, so that a page
 * costs what its rows cost, however far into a result of millions of rows it is.
 */
export async function readResultPage(
  path: string,
  from: number,
  { maxRows, format }: PageOptions,
): Promise<ResultPage> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const parser = parserOf(maxRows, format);
    let at = from;
    while (at < size && !parser.isFull) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(CHUNK_BYTES, size - at)), 0, undefined, at);
      parser.push(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    return pageOf(parser, from, size);
  } finally {
    await file.close();
  }
}

/** The same of a file whose bytes are in memory. */
export function resultPage(bytes: Buffer, from: number, { maxRows, format }: PageOptions): ResultPage {
  const parser = parserOf(maxRows, format);
  parser.push(bytes.subarray(from));
  return pageOf(parser, from, bytes.length);
}

function parserOf(maxRows: number, format: 'csv' | 'txt'): CsvRows | TextRows {
  return format === 'csv' ? new CsvRows(maxRows) : new TextRows(maxRows);
}

function pageOf({ rows, usedBytes }: CsvRows | TextRows, from: number, sizeBytes: number): ResultPage {
  const next = from + usedBytes;
  return { rows, next: next < sizeBytes ? next : undefined };
}

const QUOTE = 0x22;
const LINE_END = 0x0a;

/** The result CSV as the engine writes it: every value in quotes, NULL as nothing, lines ended by \n. */
class CsvRows {
  readonly rows: ResultRow[] = [];
  /** Bytes of complete rows. */
  usedBytes = 0;
  readonly #maxRows: number;
  #rest: Buffer = Buffer.alloc(0);
  /** Where in `#rest` to go on looking, and in which state. */
  #scanned = 0;
  #isQuoted = false;

  constructor(maxRows: number) {
    this.#maxRows = maxRows;
  }

  get isFull(): boolean {
    return this.rows.length >= this.#maxRows;
  }

  push(chunk: Buffer): void {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (let index = this.#scanned; index < this.#rest.length && !this.isFull; index++) {
      const byte = this.#rest[index];
      // A doubled quote leaves and enters again, which comes to the same.
      if (byte === QUOTE) this.#isQuoted = !this.#isQuoted;
      else if (byte === LINE_END && !this.#isQuoted) {
        this.rows.push(parseRow(this.#rest.toString('utf8', start, index)));
        start = index + 1;
      }
    }
    this.usedBytes += start;
    this.#rest = this.#rest.subarray(start);
    this.#scanned = this.#rest.length;
  }
}

function parseRow(line: string): ResultRow {
  const row: ResultRow = [];
  for (let at = 0; at <= line.length; at += 1) {
    if (line[at] !== '"') {
      row.push(undefined);
      continue;
    }
    let end = line.indexOf('"', at + 1);
    let isEscaped = false;
    while (line[end + 1] === '"') {
      isEscaped = true;
      end = line.indexOf('"', end + 2);
    }
    const text = line.slice(at + 1, end);
    row.push(isEscaped ? text.replaceAll('""', '"') : text);
    // At the comma, or the end.
    at = end + 1;
  }
  return row;
}

/** A listing: a row a line, tabs between its values. */
class TextRows {
  readonly rows: ResultRow[] = [];
  usedBytes = 0;
  readonly #maxRows: number;
  #rest = Buffer.alloc(0) as Buffer;

  constructor(maxRows: number) {
    this.#maxRows = maxRows;
  }

  get isFull(): boolean {
    return this.rows.length >= this.#maxRows;
  }

  push(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (let end = this.#rest.indexOf(LINE_END); end >= 0 && !this.isFull; end = this.#rest.indexOf(LINE_END)) {
      this.rows.push([this.#rest.toString('utf8', 0, end)]);
      this.#rest = this.#rest.subarray(end + 1);
      this.usedBytes += end + 1;
    }
  }
}
