'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import type { FileTimeline } from '@/lib/versions/schemas';

const REFRESH_MS = 2_000;
/** A version without a run by then has caused none. */
const RUN_STARTS_WITHIN_MS = 60_000;

/** Asks for the timeline again while a run of it goes on, or has yet to begin. */
export function useFreshTimeline({ zone, entries, current }: FileTimeline): void {
  const router = useRouter();
  const isRunning = entries.some((entry) => entry.run?.state === 'running' || entry.run?.state === 'waiting');
  const awaitedFrom = zone === 'raw' && current && !current.run ? current.at : undefined;
  useEffect(() => {
    const timer = setInterval(() => {
      const isAwaited = awaitedFrom !== undefined && Date.now() - awaitedFrom < RUN_STARTS_WITHIN_MS;
      if (isRunning || isAwaited) router.refresh();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [router, isRunning, awaitedFrom]);
}
