import type { Crc64 } from '@/lib/languages/checksum/crc64-nvme.ts';
import type { Contract } from '@/lib/languages/contract/contract.ts';
import type { FileLook } from './file-look';

export type FileTask =
  | { type: 'look'; file: File; dataset: string; contract: Contract | undefined }
  | { type: 'crc64' | 'crc32'; blob: Blob };

/** A task of `null` takes the question back. */
export interface FileQuestion {
  id: number;
  task: FileTask | null;
}

export type FileAnswer =
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; name: string; message: string };

export function lookInto(file: File, dataset: string, contract: Contract | undefined): Promise<FileLook> {
  return ask('look', { type: 'look', file, dataset, contract });
}

/** CRC-64/NVME of a file or of a part of one. */
export function crc64Of(blob: Blob, signal?: AbortSignal): Promise<Crc64> {
  return ask('sum', { type: 'crc64', blob }, signal);
}

/** CRC-32, as S3 writes it. */
export function crc32Of(blob: Blob): Promise<string> {
  return ask('compare', { type: 'crc32', blob });
}

/** CRC-64/NVME of a whole file that may be like another; it does not keep the parts that are on their way waiting. */
export function wholeCrc64Of(blob: Blob): Promise<Crc64> {
  return ask('compare', { type: 'crc64', blob });
}

/** Looking, summing up and comparing do not wait for each other: a worker each, started when first needed. */
type Desk = 'look' | 'sum' | 'compare';

const workers = new Map<Desk, Worker>();
const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
let ids = 0;

function ask<T>(desk: Desk, task: FileTask, signal?: AbortSignal): Promise<T> {
  const worker = workers.get(desk) ?? start(desk);
  const id = ++ids;
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    waiting.set(id, { resolve, reject });
    signal?.addEventListener('abort', () => {
      if (!waiting.delete(id)) return;
      worker.postMessage({ id, task: null } satisfies FileQuestion);
      reject(signal.reason);
    });
    worker.postMessage({ id, task } satisfies FileQuestion);
  });
}

function start(desk: Desk): Worker {
  const worker = new Worker(new URL('./file-worker.ts', import.meta.url), { type: 'module' });
  workers.set(desk, worker);
  worker.addEventListener('message', ({ data }: MessageEvent<FileAnswer>) => settle(data));
  // A worker that cannot be loaded would leave everybody waiting.
  worker.addEventListener('error', (event) => {
    workers.delete(desk);
    const message = event.message || 'The page’s helper for reading files could not be loaded. Reload the page.';
    for (const id of waiting.keys()) settle({ id, ok: false, name: 'Error', message });
  });
  return worker;
}

function settle(answer: FileAnswer): void {
  const asked = waiting.get(answer.id);
  waiting.delete(answer.id);
  if (answer.ok) asked?.resolve(answer.value as never);
  else asked?.reject(Object.assign(new Error(answer.message), { name: answer.name }));
}
