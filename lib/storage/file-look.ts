import { parquetReadObjects } from 'hyparquet';
import type { Contract } from '@/lib/languages/contract/contract.ts';
import { type Inspection, inspectSniffed } from '@/lib/languages/contract/inspect-file.ts';
import { type FirstRows, firstRows } from '@/lib/languages/file-format/first-rows.ts';
import { parquetFooterBytes, parquetTailBytes } from '@/lib/languages/file-format/parquet-footer.ts';
import { headBytes, isParquet, sniff } from '@/lib/languages/file-format/sniff.ts';

/** What is seen of a file before it is sent. */
export interface FileLook {
  inspection: Inspection;
  first: FirstRows;
}

/** Reads as much of a file as the pipeline's first step will, checks it by the same rules, and shows its beginning. */
export async function lookIntoFile(file: File, dataset: string, contract: Contract | undefined): Promise<FileLook> {
  const head = await bytesOf(file.slice(0, headBytes));
  const truncated = file.size > head.length;
  const tail = truncated && isParquet(head) ? { tail: await parquetTail(file) } : {};
  const sniffed = sniff(head, { fileName: file.name, sizeBytes: file.size, truncated, ...tail });
  const first = firstRows(sniffed);
  const inspection = inspectSniffed(sniffed, dataset, contract);
  if (sniffed.footer) first.rows = await parquetRows(file, first.columns);
  return { inspection, first };
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

async function parquetTail(file: File): Promise<Uint8Array> {
  const tail = await bytesOf(file.slice(-parquetTailBytes));
  const sizeBytes = parquetFooterBytes(tail);
  return sizeBytes > tail.length ? bytesOf(file.slice(-sizeBytes)) : tail;
}

const ROWS = 20;

/** Of a file packed in a way the reader does not know, the columns are shown without rows. */
async function parquetRows(file: File, columns: string[]): Promise<FirstRows['rows']> {
  const buffer = {
    byteLength: file.size,
    slice: (start: number, end?: number) => file.slice(start, end).arrayBuffer(),
  };
  try {
    const rows = await parquetReadObjects({ file: buffer, rowStart: 0, rowEnd: ROWS });
    return rows.map((row) => columns.map((name) => textOf(row[name])));
  } catch {
    return [];
  }
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each));
}
