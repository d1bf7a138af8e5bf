import type { Compressors } from 'hyparquet';
import { columnsOf } from '../contract/contract.ts';
import type { FileFormat } from '../contract/format.ts';
import { inferContract } from '../contract/infer-contract.ts';
import type { ProblemCode } from '../contract/problem.ts';
import { decodeText } from '../file-format/decode-text.ts';
import { gunzipHead } from '../file-format/gunzip-head.ts';
import { findSignature } from '../file-format/media-type.ts';
import { parquetFooterBytes, parquetTailBytes } from '../file-format/parquet-footer.ts';
import { headBytes, isParquet, type Sniffed, sniff } from '../file-format/sniff.ts';
import { delimitedRows } from './delimited-rows.ts';
import { jsonNames, jsonRows } from './json-rows.ts';
import { parquetRows } from './parquet-rows.ts';
import type { ByteFile, RowSource, SourceColumn } from './row-source.ts';
import { encodingLabel, gunzipped, textPieces } from './text-pieces.ts';

export interface OpenedFile {
  mediaType: string;
  /** Its rows, where it is a table. */
  rows?: RowSource;
  /** Its text, where it is one. */
  text?: { encoding: string; read(): AsyncIterable<string> };
  isEmpty: boolean;
}

/** What is wrong with a table without keeping its rows from being read. */
const harmless: readonly ProblemCode[] = ['header-only', 'header-name-empty', 'header-name-duplicate'];

/** Looks at a file's first bytes, and finds out how its rows or lines can be read. */
export async function openFile(file: ByteFile, compressors: Compressors): Promise<OpenedFile> {
  const head = await file.read(0, Math.min(headBytes, file.sizeBytes));
  if (head.length === 0) return { mediaType: 'text/plain', isEmpty: true };
  const truncated = file.sizeBytes > head.length;
  const tail = truncated && isParquet(head) ? { tail: await readTail(file) } : {};
  const sniffed = sniff(head, { fileName: file.name, sizeBytes: file.sizeBytes, truncated, ...tail });
  const isReadable = sniffed.problems.every(({ code }) => harmless.includes(code));
  const text = openText(file, head, truncated);
  const rows = isReadable ? await openRows(file, sniffed, text, compressors) : undefined;
  return {
    mediaType: mediaTypeOf(sniffed.format),
    isEmpty: false,
    ...(rows ? { rows } : {}),
    ...(text ? { text } : {}),
  };
}

async function readTail(file: ByteFile): Promise<Uint8Array> {
  const tail = await file.read(file.sizeBytes - Math.min(parquetTailBytes, file.sizeBytes), file.sizeBytes);
  const sizeBytes = Math.min(parquetFooterBytes(tail), file.sizeBytes);
  return sizeBytes <= tail.length ? tail : file.read(file.sizeBytes - sizeBytes, file.sizeBytes);
}

function openText(file: ByteFile, head: Uint8Array, truncated: boolean): OpenedFile['text'] {
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const unpacked = isGzip ? gunzipHead(head, truncated, headBytes) : { bytes: head, truncated, damaged: false };
  if (unpacked.damaged || findSignature(unpacked.bytes) || isParquet(unpacked.bytes)) return undefined;
  const decoded = decodeText(unpacked.bytes, unpacked.truncated);
  if (decoded.type !== 'text') return undefined;
  const label = encodingLabel(decoded.encoding, unpacked.bytes);
  const read = () => textPieces(isGzip ? gunzipped(file.stream()) : file.stream(), label);
  return { encoding: decoded.encoding, read };
}

async function openRows(
  file: ByteFile,
  sniffed: Sniffed,
  text: OpenedFile['text'],
  compressors: Compressors,
): Promise<RowSource | undefined> {
  const { format } = sniffed;
  const types = typesOf(sniffed);
  const named = (names: readonly string[]) => names.map((name) => ({ name, type: types.get(name) ?? 'string' }));
  if (format.type === 'parquet')
    return { columns: named([...types.keys()]), read: () => parquetRows(file, compressors) };
  if (format.type === 'csv' && text) {
    return {
      columns: uniqueNames(named(format.header.map((name) => name.trim()))),
      read: () => delimitedRows(text.read(), format),
    };
  }
  if (format.type !== 'json' || !text) return undefined;
  const { layout } = format;
  // Keys may come up for the first time anywhere in the file.
  const names = sniffed.complete ? [...types.keys()] : await jsonNames(text.read(), layout);
  return { columns: named(names), read: () => jsonRows(text.read(), layout, names) };
}

function typesOf(sniffed: Sniffed): Map<string, string> {
  const contract = inferContract(sniffed, 'compared');
  return new Map((contract ? columnsOf(contract) : []).map((column) => [column.physicalName, column.physicalType]));
}

/** A second column of the same name is told from the first by its number. */
function uniqueNames(columns: SourceColumn[]): SourceColumn[] {
  const counts = new Map<string, number>();
  return columns.map((column, index) => {
    const name = column.name || `column ${index + 1}`;
    const count = (counts.get(name.toLowerCase()) ?? 0) + 1;
    counts.set(name.toLowerCase(), count);
    return count === 1 ? { ...column, name } : { ...column, name: `${name} (${count})` };
  });
}

function mediaTypeOf(format: FileFormat): string {
  const types = {
    csv: 'text/csv',
    json: 'application/json',
    parquet: 'application/vnd.apache.parquet',
    'combined-log': 'text/plain',
  };
  return format.type === 'binary' ? format.mediaType : types[format.type];
}
