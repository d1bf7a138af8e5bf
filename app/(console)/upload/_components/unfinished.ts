import { objectKey } from '@/lib/storage/object-key';
import { type OpenUpload, partSizeBytes } from '@/lib/storage/schemas';
import type { RememberedUpload } from '@/lib/storage/upload-memory';

/** An upload that was begun, or was waiting to be, when its tab went. */
export interface Unfinished {
  id: string;
  key: string;
  name: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** What this browser remembers of it; undefined: it was begun in another one. */
  record?: RememberedUpload;
  /** What S3 holds of it; undefined: not one byte. */
  open?: OpenUpload;
}

/** S3's clock and the browser's may differ by so much. */
const CLOCKS_APART_MS = 60_000;

/**
 * Joins what this browser remembers with what S3 waits for, newest first; leaves out what a tab is sending now. A tab may
 * have gone after S3 began an upload and before its answer came: then the key tells which it is.
 */
export function joinUnfinished(
  records: readonly RememberedUpload[],
  opens: readonly OpenUpload[],
  held: ReadonlySet<string>,
): Unfinished[] {
  const openById = new Map(opens.map((open) => [open.uploadId, open]));
  for (const { begun } of records) if (begun) openById.delete(begun.uploadId);
  const remembered = records.map((record) => {
    const key = objectKey(record.dataset, record.path);
    const { begun, addedAt } = record;
    const open = begun
      ? opens.find(({ uploadId }) => uploadId === begun.uploadId)
      : [...openById.values()].find((each) => each.key === key && each.begunAt >= addedAt - CLOCKS_APART_MS);
    if (open) openById.delete(open.uploadId);
    return { id: record.id, key, name: record.name, at: addedAt, record, ...(open ? { open } : {}) };
  });
  const elsewhere = [...openById.values()].map((open) => {
    const name = open.key.split('/').at(-1) ?? open.key;
    return { id: open.uploadId, key: open.key, name, at: open.begunAt, open };
  });
  return [...remembered.filter(({ id }) => !held.has(id)), ...elsewhere].sort((a, b) => b.at - a.at);
}

/** Why a file cannot be the one that was begun. What S3 holds is compared byte for byte when it goes on. */
export type Mismatch = 'other-size' | 'changed';

export function mismatchOf({ record, open }: Unfinished, file: File): Mismatch | undefined {
  if (record ? record.sizeBytes !== file.size : file.size < (open?.sizeBytes ?? 0)) return 'other-size';
  if (record && !open && record.lastModified !== file.lastModified) return 'changed';
  return undefined;
}

/** Whether a file that is dropped or chosen is, by all that can be seen of it, the one that is remembered. */
export function isSameFile({ record }: Unfinished, file: File): boolean {
  const { name, sizeBytes, lastModified } = record ?? {};
  return name === file.name && sizeBytes === file.size && lastModified === file.lastModified;
}

/** What is to be taken up; of an upload begun in another browser the key tells, and the file's size how it was cut. */
export function recordOf(
  { id, key, name, at, record, open }: Unfinished,
  file: File,
  person: string,
): RememberedUpload {
  const [dataset = '', ...path] = key.split('/');
  const { size: sizeBytes, lastModified } = file;
  const known = record ?? { id, person, dataset, path: path.join('/'), name, addedAt: at, sizeBytes, lastModified };
  const { begun: _, ...fresh } = known;
  if (!open) return fresh;
  const partBytes = record?.begun?.partSizeBytes ?? partSizeBytes(file.size);
  return { ...fresh, begun: { key: open.key, uploadId: open.uploadId, partSizeBytes: partBytes } };
}
