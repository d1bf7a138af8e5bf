import { z } from 'zod';
import type { ErrorReport } from '@/lib/errors';
import { ObjectKey, VersionId } from './schemas';
import { isTargetKey } from './target-keys';
import { type EditableZone, editableZones, ZIP_MAX_FILES, zones } from './zones';

/** A change is what a person did at once, to however many files; each file's audit row carries its id. */
const ChangeId = z.uuid();

const TargetKey = ObjectKey.refine(isTargetKey, 'targetKey');

export const CopyFiles = z.object({
  changeId: ChangeId,
  zone: z.enum(zones),
  files: z
    .array(
      z.object({
        key: ObjectKey,
        /** Its key in the raw zone. */
        to: TargetKey,
        /** What the person saw there (null: nothing); if it is another by now, the file is left alone. */
        seen: VersionId.nullable().optional(),
      }),
    )
    .min(1)
    .max(100),
});
export type CopyFiles = z.input<typeof CopyFiles>;

export const MoveFiles = CopyFiles.extend({ zone: z.enum(editableZones) });
export type MoveFiles = z.input<typeof MoveFiles>;

export const DeleteFiles = z.object({
  changeId: ChangeId,
  zone: z.enum(editableZones),
  files: z
    .array(z.object({ key: ObjectKey }))
    .min(1)
    .max(100),
});
export type DeleteFiles = z.input<typeof DeleteFiles>;

export interface ChangedFile {
  key: string;
  /**
   * `gone`: it was not there any more. `changed`: somebody wrote the target meanwhile, nothing was done.
   * `kept`: it was copied, but written meanwhile, so that the source was not taken away.
   */
  outcome: 'copied' | 'moved' | 'deleted' | 'kept' | 'gone' | 'changed' | 'unchanged' | 'failed';
  error?: ErrorReport;
}

export const ListCurrent = z.object({ zone: z.enum(zones), keys: z.array(ObjectKey).min(1).max(100) });
export type ListCurrent = z.input<typeof ListCurrent>;

/** What a key holds; `versionId` null: nothing. */
export interface CurrentFile {
  key: string;
  versionId: string | null;
  sizeBytes: number;
}

export const ListBeneath = z.object({
  zone: z.enum(zones),
  prefix: ObjectKey,
  nextToken: z.string().max(2048).optional(),
});
export type ListBeneath = z.input<typeof ListBeneath>;

export interface BeneathPage {
  files: { key: string; sizeBytes: number }[];
  nextToken?: string;
}

export const ListDeleted = z.object({
  zone: z.enum(zones),
  prefix: z.string().max(1024).default(''),
  search: z.string().max(1024).default(''),
  /** The key or folder that the page before ended with. */
  after: z.string().max(1024).optional(),
});
export type ListDeleted = z.input<typeof ListDeleted>;

export interface DeletedFile {
  key: string;
  name: string;
  deletedAt: number;
  /** The version that the file would come back as, and its size. */
  lastVersionId: string;
  sizeBytes: number;
}

export interface DeletedPage {
  bucket: string;
  prefix: string;
  folders: string[];
  files: DeletedFile[];
  next?: string;
}

export interface Change {
  id: string;
  action: 'files.copy' | 'files.move' | 'files.delete';
  /** Milliseconds since the epoch. */
  at: number;
  files: number;
  /** One of them, to know the change by. */
  key: string;
  undoneAt?: number;
}

export const GetChange = z.object({ id: ChangeId });
export type GetChange = z.input<typeof GetChange>;

/** What would undo a change of one key: see RestoreFiles. */
export interface Undo {
  zone: EditableZone;
  key: string;
  versionId: string | null;
  seen: string | null;
  /** The key that it was moved from: it must have come back before this copy may go. */
  movedFrom?: string;
}

export const ZipFiles = z.object({
  zone: z.enum(zones),
  /** The folder that the names in the archive leave out. */
  prefix: z.string().max(1024),
  keys: z.array(ObjectKey).min(1).max(ZIP_MAX_FILES),
});
export type ZipFiles = z.input<typeof ZipFiles>;
