'use client';
import { useEffect, useState } from 'react';
import type { ErrorReport } from '@/lib/errors';
import { fetchJson, reportFrom } from '@/lib/fetch-json';
import type { CurrentFile } from '@/lib/storage/change-schemas';
import { inBatches } from '@/lib/storage/in-batches';
import type { KeyPair } from '@/lib/storage/target-keys';

const PAUSE_MS = 250;

export interface Targets {
  isDone: boolean;
  /** How many were looked at. */
  looked: number;
  /** What is there already. */
  existing: CurrentFile[];
  /** The pairs with what the person saw at each target, which is what they agree to. */
  withSeen: (KeyPair & { seen: string | null })[];
  error?: ErrorReport;
}

const none = { looked: 0, existing: [], withSeen: [], isDone: false };

/** Asks what the targets hold now, once the typing rests. */
export function useTargets(pairs: readonly KeyPair[]): Targets {
  const [found, setFound] = useState<Targets & { of: string }>({ ...none, of: '' });
  const asked = JSON.stringify(pairs);
  useEffect(() => {
    const wanted = JSON.parse(asked) as KeyPair[];
    if (wanted.length === 0) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const current = new Map<string, CurrentFile>();
      const send = (keys: string[]) =>
        fetchJson<CurrentFile[]>('/api/files/current', { body: { zone: 'raw', keys }, signal: abort.signal });
      const show = (isDone: boolean) => setFound({ ...summed(wanted, current), isDone, of: asked });
      try {
        await inBatches(
          wanted.map(({ to }) => to),
          send,
          {
            signal: abort.signal,
            onProgress: (_, batch) => {
              for (const file of batch) current.set(file.key, file);
              show(false);
            },
          },
        );
        if (!abort.signal.aborted) show(true);
      } catch (error) {
        if (!abort.signal.aborted) setFound({ ...none, of: asked, error: reportFrom(error) });
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [asked]);
  return found.of === asked ? found : none;
}

function summed(pairs: readonly KeyPair[], current: ReadonlyMap<string, CurrentFile>): Omit<Targets, 'isDone'> {
  return {
    looked: current.size,
    existing: [...current.values()].filter(({ versionId }) => versionId !== null),
    withSeen: pairs.map((pair) => ({ ...pair, seen: current.get(pair.to)?.versionId ?? null })),
  };
}
