/**
 * Compares two versions in a thread of its own: hashing millions of rows would hold every other request up. Node runs
 * this file as it is, outside of the bundler, so that it imports nothing but the languages. It knows no credentials:
 * it is given addresses that S3 has signed for the person.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { compareFiles } from '../languages/compare/compare-files.ts';
import { CompareError, type Side } from '../languages/compare/comparison.ts';
import type { ByteFile } from '../languages/compare/row-source.ts';
import type { CompareTask, FromCompareThread } from './run-comparison.ts';

const PROGRESS_MS = 150;
const TRIES = 3;

const task = workerData as CompareTask;
const compressors = {
  GZIP: (bytes: Uint8Array) => gunzipSync(bytes),
  ZSTD: (bytes: Uint8Array) => zstdDecompressSync(bytes),
  BROTLI: (bytes: Uint8Array) => brotliDecompressSync(bytes),
};

try {
  const options = { ...task.options, compressors };
  say({ type: 'done', comparison: await compareFiles(remoteFile('from'), remoteFile('to'), options) });
} catch (error) {
  if (error instanceof CompareError) say({ type: 'refused', problem: error.problem });
  else say({ type: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

function say(message: FromCompareThread): void {
  parentPort?.postMessage(message);
}

function remoteFile(side: Side): ByteFile {
  const { name, sizeBytes } = task[side];
  return {
    name,
    sizeBytes,
    async read(start, end) {
      const bytes = new Uint8Array(end - start);
      let at = 0;
      for await (const chunk of bytesOf(side, start, end)) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
      return bytes;
    },
    stream: () => followed(side),
  };
}

/** The whole file, saying how far it is. */
async function* followed(side: Side): AsyncGenerator<Uint8Array> {
  const { sizeBytes } = task[side];
  let readBytes = 0;
  let saidAt = 0;
  for await (const chunk of bytesOf(side, 0, sizeBytes)) {
    readBytes += chunk.length;
    yield chunk;
    if (Date.now() - saidAt < PROGRESS_MS) continue;
    saidAt = Date.now();
    say({ type: 'progress', side, readBytes, totalBytes: sizeBytes });
  }
}

/** Reads on where a broken connection stopped; gives up where nothing more comes at all. */
async function* bytesOf(side: Side, start: number, end: number): AsyncGenerator<Uint8Array> {
  let at = start;
  for (let tries = 1; at < end; ) {
    try {
      const { body } = await get(task[side].url, at, end);
      for await (const chunk of (body as AsyncIterable<Uint8Array> | null) ?? []) {
        at += chunk.length;
        tries = 1;
        yield chunk;
      }
    } catch (error) {
      if (tries++ >= TRIES) throw error;
    }
  }
}

async function get(url: string, start: number, end: number): Promise<Response> {
  const response = await fetch(url, { headers: { range: `bytes=${start}-${end - 1}` } });
  if (response.ok) return response;
  throw new Error(`S3 answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
}
