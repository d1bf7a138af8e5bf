import type { DeletedPage } from '@/lib/storage/change-schemas';
import type { FilePage } from '@/lib/storage/schemas';

/** One row of the list. `name` is the key without the folder's prefix, and as S3 has it: it may be anything. */
export type Entry =
  | { kind: 'folder'; key: string; name: string }
  | { kind: 'file'; key: string; name: string; sizeBytes: number; at: number; storageClass: string }
  | { kind: 'deleted'; key: string; name: string; sizeBytes: number; at: number; lastVersionId: string };

export interface Listing {
  bucket: string;
  entries: Entry[];
  /** Where the next page begins. */
  next?: string;
}

export interface Permissions {
  download: boolean;
  copy: boolean;
  delete: boolean;
}

export function filesListing({ bucket, prefix, folders, files, nextToken }: FilePage): Listing {
  const rows = files.map(({ modifiedAt, ...file }) => ({ kind: 'file', ...file, at: modifiedAt }) as const);
  return { bucket, entries: [...folderEntries(prefix, folders), ...rows], ...(nextToken ? { next: nextToken } : {}) };
}

export function deletedListing({ bucket, prefix, folders, files, next }: DeletedPage): Listing {
  const rows = files.map(({ deletedAt, ...file }) => ({ kind: 'deleted', ...file, at: deletedAt }) as const);
  return { bucket, entries: [...folderEntries(prefix, folders), ...rows], ...(next ? { next } : {}) };
}

function folderEntries(prefix: string, folders: readonly string[]) {
  return folders.map((key) => ({ kind: 'folder', key, name: key.slice(prefix.length) }) as const);
}
