import type { KeptContract } from '@/lib/catalog/schemas';
import type { ErrorReport } from '@/lib/errors';
import type { Inspection } from '@/lib/languages/contract/inspect-file.ts';
import type { FirstRows } from '@/lib/languages/file-format/first-rows.ts';
import { type KeyIssue, keyIssue } from '@/lib/storage/key-issue';
import type { UploadSnapshot } from '@/lib/storage/multipart-upload';
import { DATASET_NAME } from '@/lib/storage/object-key';
import { MAX_OBJECT_BYTES } from '@/lib/storage/schemas';
import type { RememberedUpload } from '@/lib/storage/upload-memory';

/** Other bytes that are the same: of a file on the desk, of the version at the file's own key, of another file there. */
export interface Twin {
  kind: 'dropped' | 'version' | 'file';
  name: string;
  /** The other one on the desk. */
  id?: string;
}

/** Why a file cannot be sent at all, or not as it is named. */
export type UploadIssue = KeyIssue | 'too-large' | 'same-key' | 'unreadable';

/** One file on the desk, from being dropped to the run it has caused. */
export interface UploadItem {
  id: string;
  file: File;
  handle?: FileSystemFileHandle | undefined;
  dataset: string;
  /** Below the dataset's folder. */
  path: string;
  addedAt: number;
  /** What S3 holds of it from before. */
  begun?: RememberedUpload['begun'];
  inspection?: Inspection | undefined;
  first?: FirstRows | undefined;
  /** The contract the dataset had when the file was looked at; null for a dataset without. */
  kept?: KeptContract | null | undefined;
  /** Why the file could not be looked at, or its contract not be kept. */
  trouble?: ErrorReport | undefined;
  issue?: UploadIssue | undefined;
  /** null: there is none as far as can be told; undefined: not compared yet. */
  twin?: Twin | null | undefined;
  /** A person has seen that it is there already, and wants it sent. */
  isTwinAccepted: boolean;
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
  'refused',
  'ready',
  'unconfirmed',
  'problems',
  'twin',
  'queued',
  'sending',
  'paused',
  'failed',
  'sent',
] as const;
export type Phase = (typeof phases)[number];

/** Returns where a file stands; everything its row shows follows from it. */
export function phaseOf(item: UploadItem): Phase {
  const status = item.upload?.status;
  if (status === 'sending' || status === 'sent') return status;
  if (item.isQueued) return 'queued';
  if (status === 'paused' || status === 'failed') return status;
  if (!DATASET_NAME.test(item.dataset)) return 'misnamed';
  if (item.issue) return 'refused';
  return phaseOfDecision(item);
}

function phaseOfDecision(item: UploadItem): Phase {
  if (item.twin && !item.isTwinAccepted) return 'twin';
  if (item.isConfirmed) return 'ready';
  if (!item.inspection) return item.trouble ? 'ready' : 'looking';
  if (item.inspection.problemCount > 0) return 'problems';
  if (item.kept === null && item.inspection.contract) return 'unconfirmed';
  return item.twin === undefined ? 'looking' : 'ready';
}

/** Returns what can be said against a file by its name and size alone. */
export function issueOf({ file, path }: Pick<UploadItem, 'file' | 'path'>): UploadIssue | undefined {
  return keyIssue(path) ?? (file.size > MAX_OBJECT_BYTES ? 'too-large' : undefined);
}
