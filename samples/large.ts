/** Sales files of any size, for measuring: `node samples/large.ts FILE BYTES`. Memory stays flat. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Random, seededRandom } from './random.ts';
import { londonDistricts, makeSale, saleFields, salesHeader } from './sales.ts';

const rowsPerChunk = 2000;

/** Writes a sales CSV of `sizeBytes`, to within a row, and ends with a whole one. */
export async function writeSalesCsv(file: string, sizeBytes: number): Promise<void> {
  await pipeline(Readable.from(salesChunks(sizeBytes)), createWriteStream(file));
}

export function* salesChunks(sizeBytes: number, seed = 7): Generator<string> {
  const random = seededRandom(seed);
  const header = `${salesHeader.join(',')}\n`;
  yield header;
  let left = sizeBytes - header.length;
  for (let id = 1; left > 0; id += rowsPerChunk) {
    const chunk = wholeRows(salesRows(id, random), left);
    left -= chunk.length;
    yield chunk;
    if (chunk.length === 0) return;
  }
}

function salesRows(firstId: number, random: Random): string {
  let rows = '';
  for (let id = firstId; id < firstId + rowsPerChunk; id++) {
    rows += `${saleFields(makeSale(id, londonDistricts, random)).join(',')}\n`;
  }
  return rows;
}

/** As many of the rows as fit; all characters are ASCII. */
function wholeRows(rows: string, sizeBytes: number): string {
  return rows.length <= sizeBytes ? rows : rows.slice(0, rows.lastIndexOf('\n', sizeBytes - 1) + 1);
}

if (import.meta.main) {
  const [file, sizeBytes] = process.argv.slice(2);
  if (!file || !Number(sizeBytes)) throw new Error('Usage: node samples/large.ts FILE BYTES');
  await writeSalesCsv(file, Number(sizeBytes));
}
