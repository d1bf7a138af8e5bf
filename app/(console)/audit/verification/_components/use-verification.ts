'use client';
import { useEffect, useRef, useState } from 'react';
import type { VerificationStep } from '@/lib/audit';
import type { ErrorReport } from '@/lib/errors';
import { reportFrom } from '@/lib/fetch-json';
import { fetchJsonLines } from '@/lib/fetch-json-lines';

interface Verification<T> {
  progress?: { checked: number; total: number } | undefined;
  kept?: Extract<VerificationStep<T>, { kept: unknown }>['kept'] | undefined;
  error?: ErrorReport | undefined;
  isRunning: boolean;
  start: () => void;
  cancel: () => void;
}

/** Runs a verification of the trail, which a person can stop; whoever leaves the page stops it as well. */
export function useVerification<T>(address: string, last: Verification<T>['kept']): Verification<T> {
  const [kept, setKept] = useState(last);
  const [progress, setProgress] = useState<Verification<T>['progress']>();
  const [error, setError] = useState<ErrorReport>();
  const [isRunning, setRunning] = useState(false);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = async () => {
    const controller = new AbortController();
    running.current = controller;
    setRunning(true);
    setError(undefined);
    setProgress(undefined);
    try {
      await fetchJsonLines<VerificationStep<T>>(address, { body: {}, signal: controller.signal }, (step) => {
        if ('kept' in step) setKept(step.kept);
        else setProgress(step);
      });
    } catch (failed) {
      if (!controller.signal.aborted) setError(reportFrom(failed));
    } finally {
      setRunning(false);
    }
  };
  return { progress, kept, error, isRunning, start: () => void start(), cancel: () => running.current?.abort() };
}
