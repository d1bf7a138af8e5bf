'use client';
import { useRef, useState } from 'react';
import type { ErrorReport } from '@/lib/errors';
import { reportFrom } from '@/lib/fetch-json';
import { restoreInBatches } from '@/lib/storage/in-batches';
import type { Effect } from '@/lib/storage/point-in-time';
import type { EditableZone, RestoredFile, RestoreFiles } from '@/lib/storage/schemas';

type Wanted = RestoreFiles['files'][number];

/** One going through files: forward to a moment, or back again. */
interface Attempt {
  isUndo: boolean;
  wanted: readonly Wanted[];
  results: readonly RestoredFile[];
  /** Why it ended before the last file, where a request itself was refused. */
  error?: ErrorReport;
}

export interface Restore {
  attempt: Attempt | undefined;
  isBusy: boolean;
  isStopping: boolean;
  start: (effects: readonly Effect[]) => void;
  stop: () => void;
  /** Tries those again that failed. */
  retry: () => void;
  /** Goes on with those that were not reached. */
  resume: () => void;
  /** Makes every file that was changed what it was before, to the version. */
  undo: () => void;
  forget: () => void;
}

/** Restores files in batches; `onEnd` is called when the last one is over. */
export function useRestore(zone: EditableZone, onEnd: () => void): Restore {
  const [attempt, setAttempt] = useState<Attempt>();
  const [isBusy, setIsBusy] = useState(false);
  const [isStopping, setIsStopping] = useState(false);
  const stopper = useRef<AbortController>(undefined);

  const run = async (first: Attempt, files: readonly Wanted[]) => {
    const controller = new AbortController();
    stopper.current = controller;
    setIsBusy(true);
    setIsStopping(false);
    setAttempt(first);
    try {
      await restoreInBatches(zone, [...files], {
        signal: controller.signal,
        onProgress: (_, results) =>
          setAttempt((before) => before && { ...before, results: [...before.results, ...results] }),
      });
    } catch (error) {
      setAttempt((before) => before && { ...before, error: reportFrom(error) });
    }
    setIsBusy(false);
    onEnd();
  };
  /** Goes on with some files of an attempt; what is known of them is forgotten. */
  const again = (files: readonly Wanted[]) => {
    if (!attempt) return;
    const keys = new Set(files.map(({ key }) => key));
    const { error: _, ...rest } = attempt;
    void run({ ...rest, results: attempt.results.filter(({ key }) => !keys.has(key)) }, files);
  };
  const begin = (wanted: readonly Wanted[], isUndo: boolean) => void run({ isUndo, wanted, results: [] }, wanted);
  return {
    attempt,
    isBusy,
    isStopping,
    start: (effects) =>
      begin(
        effects.map(({ key, versionId, seen }) => ({ key, versionId, seen })),
        false,
      ),
    stop: () => {
      setIsStopping(true);
      stopper.current?.abort();
    },
    retry: () => attempt && again(failedOf(attempt)),
    resume: () => attempt && again(leftOf(attempt)),
    undo: () => attempt && begin(undoOf(attempt), true),
    forget: () => setAttempt(undefined),
  };
}

export function failedOf({ wanted, results }: Attempt): Wanted[] {
  const failed = new Set(results.filter(({ outcome }) => outcome === 'failed').map(({ key }) => key));
  return wanted.filter(({ key }) => failed.has(key));
}

export function leftOf({ wanted, results }: Attempt): Wanted[] {
  const reached = new Set(results.map(({ key }) => key));
  return wanted.filter(({ key }) => !reached.has(key));
}

/** Exact where a time could not be: S3's are whole seconds, and a restore takes less. */
export function undoOf({ wanted, results }: Attempt): Wanted[] {
  const before = new Map(wanted.map(({ key, seen }) => [key, seen ?? null]));
  return results.flatMap(({ key, outcome, versionId = null }) => {
    if (outcome !== 'restored' && outcome !== 'deleted') return [];
    return [{ key, versionId: before.get(key) ?? null, seen: outcome === 'deleted' ? null : versionId }];
  });
}
