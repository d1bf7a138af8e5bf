'use client';
import { useState } from 'react';
import { fetchJson, reportFrom } from '@/lib/fetch-json';
import type { ChangedFile } from '@/lib/storage/change-schemas';
import { type BatchProgress, inBatches } from '@/lib/storage/in-batches';
import type { Zone } from '@/lib/storage/schemas';
import type { FinishedChange } from './use-finished';

/** Carries a change out in batches, as one change; what was done before a failure or a stop is part of the outcome. */
export function useChange(onFinished: (change: FinishedChange) => void) {
  const [running, setRunning] = useState<{ progress: BatchProgress; onStop: () => void }>();
  const run = async <T extends { key: string }>(verb: FinishedChange['verb'], zone: Zone, files: readonly T[]) => {
    const id = crypto.randomUUID();
    const abort = new AbortController();
    const results: ChangedFile[] = [];
    const show = (progress: BatchProgress) => setRunning({ progress, onStop: () => abort.abort() });
    show({ done: 0, total: files.length });
    const send = (batch: T[]) =>
      fetchJson<ChangedFile[]>(`/api/files/${verb}`, { body: { changeId: id, zone, files: batch } });
    try {
      await inBatches(files, send, {
        signal: abort.signal,
        onProgress: (progress, batch) => {
          results.push(...batch);
          show(progress);
        },
      });
      onFinished({ id, verb, results });
    } catch (error) {
      onFinished({ id, verb, results, stopped: reportFrom(error).message });
    }
    setRunning(undefined);
  };
  return { run, running };
}
