'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import type { ErrorReport } from '@/lib/errors';
import { fetchJson, reportFrom } from '@/lib/fetch-json';
import type { EditableZone, RestoredFile } from '@/lib/storage/schemas';
import type { FileTimeline, TimelineEntry } from '@/lib/versions/schemas';

/** What was just done to the file, and what undoes it. */
export interface Restored {
  outcome: RestoredFile['outcome'];
  /** The version, or deletion, that was made. */
  versionId?: string;
  /** When the version was made whose bytes the file has again; undefined for an undone restore of nothing. */
  fromAt?: number;
  /** What was current before: null where nothing was. */
  before: string | null;
  isUndo: boolean;
}

export interface RestoreState {
  isPending: boolean;
  done?: Restored | undefined;
  error?: ErrorReport | undefined;
  run: (wanted: { versionId: string | null; at?: number }) => void;
  undo: () => void;
}

/** Rolls the file forward to what it was in one version, and back again. */
export function useRestore(file: FileTimeline): RestoreState {
  const router = useRouter();
  const [done, setDone] = useState<Restored>();
  const [error, setError] = useState<ErrorReport>();
  const [isPending, start] = useTransition();
  const send = (wanted: { versionId: string | null; at?: number | undefined }, seen: string | null, isUndo: boolean) =>
    start(async () => {
      setError(undefined);
      try {
        const restored = await restoreOne(file, wanted.versionId, seen);
        if (restored.error) return setError(restored.error);
        setDone({ ...restored, before: seen, fromAt: wanted.at, isUndo });
        router.refresh();
      } catch (thrown) {
        setError(reportFrom(thrown));
      }
    });
  return {
    isPending,
    done,
    error,
    run: (wanted) => send(wanted, presentId(file.current), false),
    undo: () =>
      done && send({ versionId: done.before }, done.outcome === 'deleted' ? null : (done.versionId ?? null), true),
  };
}

/** The version that the file is in now; null where it is deleted. */
const presentId = (current: TimelineEntry | undefined) => (current?.kind === 'version' ? current.versionId : null);

async function restoreOne(file: FileTimeline, versionId: string | null, seen: string | null): Promise<RestoredFile> {
  const body = { zone: file.zone as EditableZone, files: [{ key: file.key, versionId, seen }] };
  const [restored] = await fetchJson<RestoredFile[]>('/api/files/restore', { body });
  return restored ?? { key: file.key, outcome: 'failed' };
}
