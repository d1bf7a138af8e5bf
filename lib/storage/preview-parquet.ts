import 'server-only';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadata,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { toAppError } from '@/lib/aws/errors';
import { AppError } from '@/lib/errors';
import { parquetFooterBytes, parquetTailBytes, readParquetFooter } from '@/lib/languages/file-format/parquet-footer.ts';
import type { Cell, ResultColumn } from '@/lib/query/schemas';
import type { ObjectReader } from './object-reader';
import { PREVIEW_COLUMNS, PREVIEW_ROWS, type PreviewContent } from './preview-schemas';

/** Snappy the library has; the others Node has. */
const unpack = (decompress: (input: Uint8Array) => Uint8Array) => (input: Uint8Array) =>
  new Uint8Array(decompress(input));
const compressors: Compressors = {
  GZIP: unpack(gunzipSync),
  BROTLI: unpack(brotliDecompressSync),
  ZSTD: unpack(zstdDecompressSync),
};

/** Reads a Parquet file's columns from its end and its first rows from where they lie; undefined where it is damaged. */
export async function previewParquet(
  reader: ObjectReader,
): Promise<Extract<PreviewContent, { kind: 'parquet' }> | undefined> {
  const tail = await readTail(reader);
  const footer = readParquetFooter(tail);
  if (!footer) return undefined;
  const columns = footer.columns
    .slice(0, PREVIEW_COLUMNS)
    .map(({ physicalName, physicalType }) => ({ name: physicalName, type: physicalType }));
  const found = { kind: 'parquet', columns, rowCount: footer.rows } as const;
  try {
    return { ...found, rows: await readRows(reader, tail, columns) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'LIMIT_EXCEEDED')
      return { ...found, rows: [], unreadable: 'too-large' };
    // The lake's own refusals are told as such; what is left is a page or codec that the library cannot read.
    if (toAppError(error).code !== 'INTERNAL') throw error;
    return { ...found, rows: [], unreadable: 'unsupported' };
  }
}

async function readTail(reader: ObjectReader): Promise<Uint8Array<ArrayBuffer>> {
  const { sizeBytes } = reader;
  const tail = await reader.read(Math.max(0, sizeBytes - parquetTailBytes), sizeBytes);
  const needed = parquetFooterBytes(tail);
  return needed > tail.length && needed <= sizeBytes ? reader.read(sizeBytes - needed, sizeBytes) : tail;
}

async function readRows(
  reader: ObjectReader,
  tail: Uint8Array<ArrayBuffer>,
  columns: ResultColumn[],
): Promise<Cell[][]> {
  const file: AsyncBuffer = {
    byteLength: reader.sizeBytes,
    slice: async (start, end = reader.sizeBytes) => (await reader.read(start, end)).buffer,
  };
  const metadata = parquetMetadata(tail.buffer);
  const clocks = clockColumns(metadata);
  const rows = await parquetReadObjects({
    file,
    metadata,
    columns: columns.map(({ name }) => name),
    rowEnd: PREVIEW_ROWS,
    useOffsetIndex: true,
    compressors,
  });
  return rows.map((row) =>
    columns.map(({ name, type }) => {
      const value: unknown = row[name];
      const perMillisecond = clocks.get(name);
      const isClock = perMillisecond !== undefined && (typeof value === 'number' || typeof value === 'bigint');
      return isClock ? clockText(value, perMillisecond) : printed(value, type);
    }),
  );
}

/** The columns that hold a time of day, which the library leaves a number, with how many of its units are a millisecond. */
function clockColumns(metadata: FileMetaData): Map<string, number> {
  const times = parquetSchema(metadata).children.flatMap(({ element: { name, logical_type, converted_type } }) => {
    const unit = logical_type?.type === 'TIME' ? logical_type.unit : converted_type?.replace(/^TIME_/, '');
    const perMillisecond = UNITS[unit ?? ''];
    return perMillisecond === undefined ? [] : [[name, perMillisecond] as const];
  });
  return new Map(times);
}

const UNITS: Record<string, number> = { MILLIS: 1, MICROS: 1_000, NANOS: 1_000_000 };

function clockText(value: number | bigint, perMillisecond: number): string {
  const time = new Date(Number(value) / perMillisecond);
  return time
    .toISOString()
    .slice(11, 23)
    .replace(/\.000$/, '');
}

const CELL_MAX = 1_000;

function printed(value: unknown, type: string): Cell {
  const text = textOf(value, type);
  return text !== null && text.length > CELL_MAX ? `${text.slice(0, CELL_MAX)}…` : text;
}

function textOf(value: unknown, type: string): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return dateText(value, type);
  if (value instanceof Uint8Array) return `0x${Buffer.from(value.subarray(0, CELL_MAX)).toString('hex')}`;
  const scale = /^decimal\(\d+,(\d+)\)$/.exec(type)?.[1];
  if (typeof value === 'number' && scale !== undefined) return value.toFixed(Number(scale));
  return typeof value === 'object' ? JSON.stringify(value, plain) : String(value);
}

function dateText(value: Date, type: string): Cell {
  if (Number.isNaN(value.getTime())) return null;
  const iso = value.toISOString();
  return type === 'date' ? iso.slice(0, 10) : iso.replace('T', ' ').replace(/(\.000)?Z$/, '');
}

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
