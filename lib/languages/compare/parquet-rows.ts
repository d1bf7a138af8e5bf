import type { AsyncBuffer, Compressors, FileMetaData, ParquetParsers, SchemaElement } from 'hyparquet';
import { parquetMetadataAsync, parquetSchema } from 'hyparquet/src/metadata.js';
import { parquetRead } from 'hyparquet/src/read.js';
import type { Cell, Row } from './comparison.ts';
import { trimmed } from './delimited-rows.ts';
import type { ByteFile } from './row-source.ts';

/** Reads a Parquet file's rows, a row group at a time, each value as text. */
export async function* parquetRows(file: ByteFile, compressors: Compressors): AsyncGenerator<Row[]> {
  const buffer = asyncBuffer(file);
  const metadata = await parquetMetadataAsync(buffer);
  const decimals = topDecimals(metadata);
  const scales = parquetSchema(metadata).children.map(({ element }) =>
    decimals.has(element) ? (element.scale ?? 0) : undefined,
  );
  const source = { file: buffer, compressors, metadata: withoutMeaning(metadata, decimals) };
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const rows = await readRows({ ...source, rowStart, rowEnd });
    yield rows.map((row) => row.map((value, column) => cellOf(value, scales[column])));
    rowStart = rowEnd;
  }
}

type Range = Pick<Parameters<typeof parquetRead>[0], 'file' | 'metadata' | 'compressors' | 'rowStart' | 'rowEnd'>;

async function readRows(range: Range): Promise<unknown[][]> {
  let rows: unknown[][] = [];
  const onComplete = (read: unknown[][]) => {
    rows = read;
  };
  await parquetRead({ ...range, utf8: false, parsers, rowFormat: 'array', onComplete });
  return rows;
}

function asyncBuffer(file: ByteFile): AsyncBuffer {
  const { sizeBytes } = file;
  const slice = async (start: number, end = sizeBytes) => {
    const bytes = await file.read(start < 0 ? sizeBytes + start : start, end < 0 ? sizeBytes + end : end);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  };
  return { byteLength: sizeBytes, slice };
}

/**
 * The library makes floating-point numbers of decimals, which lose digits. It is not told what these columns mean, so
 * that it hands out their whole numbers, and the point is placed here.
 */
function topDecimals(metadata: FileMetaData): Set<SchemaElement> {
  const elements = parquetSchema(metadata).children.map(({ element }) => element);
  return new Set(elements.filter((each) => each.converted_type === 'DECIMAL' || each.logical_type?.type === 'DECIMAL'));
}

function withoutMeaning(metadata: FileMetaData, elements: Set<SchemaElement>): FileMetaData {
  const schema = metadata.schema.map((element) => {
    if (!elements.has(element)) return element;
    const { converted_type: _converted, logical_type: _logical, ...plain } = element;
    return plain;
  });
  return { ...metadata, schema };
}

const parsers: Partial<ParquetParsers> = {
  dateFromDays: (days) => new Date(days * 86_400_000).toISOString().slice(0, 10),
  timestampFromMilliseconds: (millis) => instant(BigInt(millis) * 1_000_000n),
  timestampFromMicroseconds: (micros) => instant(BigInt(micros) * 1_000n),
  timestampFromNanoseconds: (nanos) => instant(BigInt(nanos)),
};

function instant(nanos: bigint): string {
  const second = 1_000_000_000n;
  const fraction = ((nanos % second) + second) % second;
  const seconds = (nanos - fraction) / second;
  const day = new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const decimals = fraction.toString().padStart(9, '0').replace(/0+$/, '');
  return decimals ? `${day}.${decimals}` : day;
}

/** `scale` only for a decimal, which comes as a whole number, or as one's bytes. */
function cellOf(value: unknown, scale: number | undefined): Cell {
  if (value === null || value === undefined) return null;
  if (scale !== undefined) return decimalText(value instanceof Uint8Array ? signedNumber(value) : String(value), scale);
  if (typeof value === 'string') return trimmed(value) || null;
  if (value instanceof Uint8Array) return bytesText(value);
  return typeof value === 'object' ? JSON.stringify(value, plainJson) : String(value);
}

function decimalText(digits: string, scale: number): string {
  const isNegative = digits.startsWith('-');
  const padded = digits.slice(isNegative ? 1 : 0).padStart(scale + 1, '0');
  const point = padded.length - scale;
  return `${isNegative ? '-' : ''}${padded.slice(0, point)}${scale > 0 ? `.${padded.slice(point)}` : ''}`;
}

/** Big-endian two's complement: https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#decimal */
function signedNumber(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  return String(BigInt.asIntN(8 * bytes.length, value));
}

/** Bytes that nobody says are text usually are. */
function bytesText(bytes: Uint8Array): string {
  try {
    return trimmed(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}

function plainJson(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Uint8Array ? bytesText(value) : value;
}
