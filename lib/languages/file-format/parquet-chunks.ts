import { parquetMetadata } from 'hyparquet/src/metadata.js';
import { parquetFooterBytes } from './parquet-footer.ts';

export interface ParquetChunk {
  /** Compressed bytes of all row groups. */
  bytes: number;
  /** Of numbers, dates and times (milliseconds since the epoch); undefined where a row group does not say. */
  range?: { min: number; max: number } | undefined;
}

/**
 * What each leaf column (`a`, `address.city`, in lower case) of a file weighs, from the file's last bytes; undefined
 * where they are not the end of a sound Parquet file.
 */
export function readParquetChunks(tail: Uint8Array<ArrayBuffer>): Map<string, ParquetChunk> | undefined {
  const sizeBytes = parquetFooterBytes(tail);
  if (sizeBytes === 0 || sizeBytes > tail.length) return undefined;
  try {
    const chunks = new Map<string, ParquetChunk>();
    for (const { columns } of parquetMetadata(tail).row_groups) {
      for (const { meta_data } of columns) {
        if (!meta_data) continue;
        const { path_in_schema, total_compressed_size, statistics } = meta_data;
        const name = path_in_schema.join('.').toLowerCase();
        const range = rangeOf(statistics?.min_value ?? statistics?.min, statistics?.max_value ?? statistics?.max);
        const before = chunks.get(name);
        const bytes = Number(total_compressed_size) + (before?.bytes ?? 0);
        chunks.set(name, { bytes, range: before ? wider(before.range, range) : range });
      }
    }
    return chunks;
  } catch {
    return undefined;
  }
}

type Range = ParquetChunk['range'];

function rangeOf(min: unknown, max: unknown): Range {
  const [low, high] = [plain(min), plain(max)];
  return low === undefined || high === undefined ? undefined : { min: low, max: high };
}

function plain(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime();
  const number = typeof value === 'bigint' ? Number(value) : value;
  // Beyond 2^53 a number is no longer the value itself.
  return typeof number === 'number' && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : undefined;
}

function wider(a: Range, b: Range): Range {
  return a && b && { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}
