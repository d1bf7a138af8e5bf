import { fetchJson } from '@/lib/fetch-json';
import type { EditableZone, RestoredFile, RestoreFiles } from './schemas';

export interface BatchProgress {
  done: number;
  total: number;
}

export interface BatchOptions<R> {
  signal: AbortSignal;
  /** Called after each batch, with what it brought. */
  onProgress?: (progress: BatchProgress, results: R[]) => void;
}

/** Small enough that progress moves and a cancel is soon heeded, large enough that the trips do not count. */
const BATCH_ITEMS = 25;

/**
 * Sends many items a batch at a time, so that the work shows its progress and can be cancelled: between two batches,
 * what is under way is finished. Returns the results of the batches that were sent.
 */
export async function inBatches<T, R>(
  items: readonly T[],
  send: (batch: T[]) => Promise<R[]>,
  { signal, onProgress }: BatchOptions<R>,
): Promise<R[]> {
  const all: R[] = [];
  for (let at = 0; at < items.length && !signal.aborted; at += BATCH_ITEMS) {
    const results = await send(items.slice(at, at + BATCH_ITEMS));
    all.push(...results);
    onProgress?.({ done: Math.min(at + BATCH_ITEMS, items.length), total: items.length }, results);
  }
  return all;
}

/** Rolls files forward to versions of theirs, from the browser. */
export function restoreInBatches(
  zone: EditableZone,
  files: RestoreFiles['files'],
  options: BatchOptions<RestoredFile>,
): Promise<RestoredFile[]> {
  return inBatches(
    files,
    (batch) => fetchJson<RestoredFile[]>('/api/files/restore', { body: { zone, files: batch } }),
    options,
  );
}
