import type { ErrorReport } from '@/lib/errors';
import type { RestoredFile, RestoreFiles } from '@/lib/storage/schemas';

export type Wanted = RestoreFiles['files'][number];

/** One going through files: forward to a moment, or back again. */
export interface Attempt {
  isUndo: boolean;
  wanted: readonly Wanted[];
  results: readonly RestoredFile[];
  /** Why it ended before the last file, where a request itself was refused. */
  error?: ErrorReport;
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
