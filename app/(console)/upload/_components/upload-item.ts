import type { KeptContract } from '@/lib/catalog/schemas';
import type { ErrorReport } from '@/lib/errors';
import type { Inspection } from '@/lib/languages/contract/inspect-file.ts';
import type { UploadSnapshot } from '@/lib/storage/multipart-upload';

/** One file on the desk, from being dropped to the run it has caused. */
export interface UploadItem {
  id: string;
  file: File;
  dataset: string;
  /** Below the dataset's folder. */
  path: string;
  inspection?: Inspection;
  /** The contract the dataset had when the file was looked at; null for a dataset without. */
  kept?: KeptContract | null;
  /** Why the file could not be looked at, or its contract not be kept. */
  trouble?: ErrorReport;
  /** A person has seen what there is to see and wants it sent. */
  isConfirmed: boolean;
  /** Waits for a place among those that are being sent. */
  isQueued: boolean;
  upload?: UploadSnapshot;
  runId?: string;
}

export const phases = [
  'looking',
  'misnamed',
  'ready',
  'unconfirmed',
  'problems',
  'queued',
  'sending',
  'paused',
  'failed',
  'sent',
] as const;
export type Phase = (typeof phases)[number];

/** Returns where a file stands; everything its row shows follows from it. */
export function phaseOf(item: UploadItem, isDatasetName: (name: string) => boolean): Phase {
  const status = item.upload?.status;
  if (status === 'sending' || status === 'paused' || status === 'failed' || status === 'sent') return status;
  if (item.isQueued) return 'queued';
  if (!isDatasetName(item.dataset)) return 'misnamed';
  if (item.trouble || item.isConfirmed) return 'ready';
  if (!item.inspection) return 'looking';
  if (item.inspection.problemCount > 0) return 'problems';
  if (item.kept === null && item.inspection.contract) return 'unconfirmed';
  return 'ready';
}
