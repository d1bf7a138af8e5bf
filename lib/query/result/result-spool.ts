import 'server-only';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Cell, ResultColumn } from '../schemas';
import { cellsOf, RowScanner } from './csv-rows';

/** Where every so many rows begin is remembered: any page is a short walk from one of them. */
const STRIDE = 256;
const CHUNK_BYTES = 1 << 18;

interface SpoolSource {
  columns: readonly ResultColumn[];
  hasHeader: boolean;
  /** The file's bytes, as they come. */
  bytes: AsyncIterable<Uint8Array>;
  /** More than this is not kept: what is there then are the first rows. */
  maxBytes: number;
}

/**
 * A result on this machine's disk, to be read at any row: S3 gives bytes by their place, and only somebody who has seen
 * the file knows where its rows are. It can be read while it still comes.
 */
export class ResultSpool {
  readonly columns: readonly ResultColumn[];
  readonly hasHeader: boolean;
  readonly #file: FileHandle;
  readonly #folder: string;
  readonly #starts: number[] = [];
  readonly #filled: Promise<void>;
  #rowCount = 0;
  #sizeBytes = 0;
  #isComplete = false;
  #isCut = false;
  #isClosed = false;
  #holders = 0;
  #released: (() => void) | undefined;
  #waiting: (() => void)[] = [];
  #failure: unknown;

  static async start(source: SpoolSource): Promise<ResultSpool> {
    const folder = await mkdtemp(path.join(tmpdir(), 'lacustre-result-'));
    const file = await open(path.join(folder, 'rows.csv'), 'wx+', 0o600);
    // Nothing is left of a process that dies: the name goes at once, the bytes with the last handle. Windows keeps both.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    return new ResultSpool(source, file, folder);
  }

  private constructor(source: SpoolSource, file: FileHandle, folder: string) {
    this.columns = source.columns;
    this.hasHeader = source.hasHeader;
    this.#file = file;
    this.#folder = folder;
    this.#filled = this.#fill(source).catch((error: unknown) => {
      this.#failure = error;
      this.#wake();
    });
  }

  get rowCount(): number {
    return this.#rowCount;
  }
  get sizeBytes(): number {
    return this.#sizeBytes;
  }
  get isComplete(): boolean {
    return this.#isComplete;
  }
  get isCut(): boolean {
    return this.#isCut;
  }
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }
  get fd(): number {
    return this.#file.fd;
  }

  /** Waits until all of it is here. */
  async complete(): Promise<void> {
    await this.#filled;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Waits until so many rows are here, or there are no more. */
  async reach(rows: number): Promise<void> {
    while (this.#rowCount < rows && !this.#isComplete) {
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async #fill({ bytes, maxBytes }: SpoolSource): Promise<void> {
    let number = this.hasHeader ? -1 : 0;
    let rowsEnd = 0;
    const scanner = new RowScanner((_, start, end, offset) => {
      if (number >= 0 && number % STRIDE === 0) this.#starts.push(offset);
      rowsEnd = offset + end - start + 1;
      number++;
    });
    for await (const chunk of bytes) {
      if (this.#isClosed) return;
      if (this.#sizeBytes + chunk.length > maxBytes) {
        this.#isCut = true;
        break;
      }
      const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      await this.#file.write(buffer, 0, buffer.length, this.#sizeBytes);
      this.#sizeBytes += buffer.length;
      scanner.push(buffer);
      this.#rowCount = Math.max(0, number);
      this.#wake();
    }
    // What the cut left over is half a row.
    if (this.#isCut) this.#sizeBytes = rowsEnd;
    else scanner.end();
    this.#rowCount = Math.max(0, number);
    this.#isComplete = true;
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Rows from a place on, in the result's order. */
  async rowsFrom(from: number, count: number): Promise<Cell[][]> {
    const last = Math.min(from + count, this.#rowCount);
    let number = from - (from % STRIDE);
    let at = this.#starts[number / STRIDE];
    if (at === undefined || last <= from) return [];
    const rows: Cell[][] = [];
    const scanner = new RowScanner((bytes, start, end) => {
      if (number >= from && number < last) rows.push(cellsOf(bytes, start, end));
      number++;
    });
    while (number < last && at < this.#sizeBytes) {
      const chunk = await this.#read(at, Math.min(CHUNK_BYTES, this.#sizeBytes - at));
      scanner.push(chunk);
      at += chunk.length;
    }
    if (number < last) scanner.end();
    return rows;
  }

  /** The rows that lie at these places; near ones are read at once. */
  async rowsAt(places: readonly { start: number; length: number }[]): Promise<Cell[][]> {
    const from = places.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
    const span = places.reduce((most, { start, length }) => Math.max(most, start + length), 0) - from;
    if (places.length > 1 && span <= CHUNK_BYTES) {
      const bytes = await this.#read(from, span);
      return places.map(({ start, length }) => cellsOf(bytes, start - from, start - from + length));
    }
    return Promise.all(
      places.map(async ({ start, length }) => {
        const bytes = length === 0 ? Buffer.alloc(0) : await this.#read(start, length);
        return cellsOf(bytes, 0, bytes.length);
      }),
    );
  }

  async #read(position: number, length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await this.#file.read(Buffer.allocUnsafe(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  }

  /** Keeps the file open for a long reading until the returned function is called, also where it is closed meanwhile. */
  hold(): () => void {
    this.#holders += 1;
    return () => {
      this.#holders -= 1;
      if (this.#holders === 0) this.#released?.();
    };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#filled;
    if (this.#holders > 0) await new Promise<void>((resolve) => (this.#released = resolve));
    await this.#file.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
