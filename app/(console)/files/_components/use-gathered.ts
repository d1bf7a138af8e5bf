'use client';
import { useEffect, useState } from 'react';
import type { ErrorReport } from '@/lib/errors';
import { reportFrom } from '@/lib/fetch-json';
import { type Chosen, type GatheredFiles, gatherFiles } from '@/lib/storage/gather-files';
import type { Zone } from '@/lib/storage/schemas';

interface Gathering {
  gathered: GatheredFiles;
  isDone: boolean;
  error?: ErrorReport;
}

const nothing: GatheredFiles = { files: [], sizeBytes: 0, isTooMany: false };

/** Counts what was chosen as soon as a dialog asks, and stops when the dialog closes. */
export function useGathered(zone: Zone, chosen: readonly Chosen[]): Gathering {
  const [state, setState] = useState<Gathering>({ gathered: nothing, isDone: false });
  // The choice cannot change while a dialog is over it.
  const [asked] = useState({ zone, chosen });
  useEffect(() => {
    const abort = new AbortController();
    const onProgress = (gathered: GatheredFiles) => setState({ gathered, isDone: false });
    gatherFiles(asked.zone, asked.chosen, { signal: abort.signal, onProgress }).then(
      (gathered) => setState({ gathered, isDone: true }),
      (error: unknown) => {
        if (!abort.signal.aborted) setState({ gathered: nothing, isDone: false, error: reportFrom(error) });
      },
    );
    return () => abort.abort();
  }, [asked]);
  return state;
}
