'use client';
import { useRef, useState } from 'react';
import { reportFrom } from '@/lib/fetch-json';
import { restoreInBatches } from '@/lib/storage/in-batches';
import type { Effect } from '@/lib/storage/point-in-time';
import type { EditableZone } from '@/lib/storage/schemas';
import { type Attempt, failedOf, leftOf, undoOf, type Wanted } from './restore-attempt';

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
