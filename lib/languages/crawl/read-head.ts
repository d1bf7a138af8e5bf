import { findSignature } from '../file-format/media-type.ts';
import { isOrc, orcFooterBytes } from '../file-format/orc-footer.ts';
import { parquetFooterBytes, parquetTailBytes } from '../file-format/parquet-footer.ts';
import { isParquet } from '../file-format/sniff.ts';
import { crawlHeadBytes } from './classify-file.ts';
import type { CrawlObject, FileHead } from './crawl-plan.ts';

/** Reads the bytes of an object from `start` up to and without `end`. */
export type ReadRange = (start: number, end: number) => Promise<Uint8Array>;

/** Enough to tell what a file is, and for the dimensions of most images. */
const firstBytes = 64 * 1024;
const gzip = 'application/gzip';
/** A footer of tens of thousands of columns and stripes; what says it is larger is broken, or means harm. */
const footerBytesMax = 64 * 1024 * 1024;

/** Reads of a file what a crawl looks at, and no more: the start of a text, the footer of Parquet and ORC, both ends of a PDF. */
export async function readHead({ key, sizeBytes }: CrawlObject, read: ReadRange): Promise<FileHead> {
  const first = await read(0, Math.min(firstBytes, sizeBytes));
  if (first.length >= sizeBytes) return { key, head: first };
  const tailFrom = Math.max(0, sizeBytes - parquetTailBytes);
  const footerBytesOf = isParquet(first) ? parquetFooterBytes : isOrc(first) ? orcFooterBytes : undefined;
  if (footerBytesOf) return { key, head: first, tail: await readFooter(sizeBytes, tailFrom, read, footerBytesOf) };
  const signature = findSignature(first);
  if (signature && signature.mediaType !== gzip) return { key, head: first, tail: await read(tailFrom, sizeBytes) };
  const rest = await read(first.length, Math.min(crawlHeadBytes, sizeBytes));
  const head = new Uint8Array(first.length + rest.length);
  head.set(first);
  head.set(rest, first.length);
  return { key, head };
}

async function readFooter(
  sizeBytes: number,
  tailFrom: number,
  read: ReadRange,
  footerBytesOf: (tail: Uint8Array) => number,
): Promise<Uint8Array> {
  const tail = await read(tailFrom, sizeBytes);
  const footerBytes = footerBytesOf(tail);
  return footerBytes > tail.length && footerBytes <= footerBytesMax
    ? read(Math.max(0, sizeBytes - footerBytes), sizeBytes)
    : tail;
}
