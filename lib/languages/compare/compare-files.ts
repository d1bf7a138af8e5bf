import type { Compressors } from 'hyparquet';
import { compareLines } from './compare-lines.ts';
import { type CompareTablesOptions, compareTables } from './compare-tables.ts';
import { CompareError, type Comparison, compareMaxTextBytes, type Side, type TextComparison } from './comparison.ts';
import { type OpenedFile, openFile } from './open-file.ts';
import type { ByteFile, RowSource } from './row-source.ts';

export interface CompareFilesOptions extends CompareTablesOptions {
  /** Decoders of what Parquet packs its pages with. */
  compressors: Compressors;
  /** Compare lines also where both versions are tables. */
  asText: boolean;
}

/** Compares two versions of a file: rows where both are tables, lines where both are texts, else what is known from outside. */
export async function compareFiles(
  from: ByteFile,
  to: ByteFile,
  { compressors, asText, ...options }: CompareFilesOptions,
): Promise<Comparison> {
  const opened = { from: await openFile(from, compressors), to: await openFile(to, compressors) };
  const rows = { from: rowsOf(opened.from, opened.to), to: rowsOf(opened.to, opened.from) };
  if (!asText && rows.from && rows.to) {
    return compareTables(guarded(rows.from, 'from'), guarded(rows.to, 'to'), options);
  }
  if (isText(opened.from) && isText(opened.to)) return compareTexts(opened.from, opened.to);
  const isSame = from.sizeBytes === to.sizeBytes ? await isSameBytes(from, to) : false;
  return {
    type: 'opaque',
    mediaTypes: { from: opened.from.mediaType, to: opened.to.mediaType },
    sizes: { from: from.sizeBytes, to: to.sizeBytes },
    isSame,
  };
}

/** A file without a byte is an empty table beside a table. */
function rowsOf(file: OpenedFile, other: OpenedFile): RowSource | undefined {
  return file.isEmpty && other.rows ? { columns: [], read: noRows } : file.rows;
}

async function* noRows() {
  // There are none.
}

const isText = (file: OpenedFile) => file.isEmpty || file.text !== undefined;

async function compareTexts(from: OpenedFile, to: OpenedFile): Promise<TextComparison> {
  const texts = { from: await readText(from, 'from'), to: await readText(to, 'to') };
  const encodings = { from: from.text?.encoding ?? 'utf-8', to: to.text?.encoding ?? 'utf-8' };
  return { ...compareLines(texts.from, texts.to), encodings };
}

async function readText({ text }: OpenedFile, side: Side): Promise<string> {
  let read = '';
  for await (const piece of explained(text?.read() ?? noRows(), side)) {
    read += piece;
    if (read.length > compareMaxTextBytes) {
      throw new CompareError({ code: 'text-too-large', side, limit: compareMaxTextBytes });
    }
  }
  return read;
}

function guarded(source: RowSource, side: Side): RowSource {
  return { columns: source.columns, read: () => explained(source.read(), side) };
}

/** What stops the reading of a file says which of the two it was. */
async function* explained<T>(items: AsyncIterable<T>, side: Side): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    if (error instanceof CompareError) throw error;
    throw new CompareError({
      code: 'unreadable',
      side,
      message: error instanceof Error ? error.message : String(error),
    });
  }
}

async function isSameBytes(from: ByteFile, to: ByteFile): Promise<boolean> {
  const sides = [from.stream()[Symbol.asyncIterator](), to.stream()[Symbol.asyncIterator]()] as const;
  let [left, right]: Uint8Array[] = [new Uint8Array(), new Uint8Array()];
  for (;;) {
    if (left?.length === 0) left = (await sides[0].next()).value;
    if (right?.length === 0) right = (await sides[1].next()).value;
    if (!left || !right) return !left && !right;
    const length = Math.min(left.length, right.length);
    for (let at = 0; at < length; at++) if (left[at] !== right[at]) return false;
    left = left.subarray(length);
    right = right.subarray(length);
  }
}
