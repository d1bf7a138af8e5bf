import { z } from 'zod';
import type { ErrorReport } from '@/lib/errors';
import { keyIssue } from './key-issue';
import { DATASET_NAME } from './object-key';
import type { Change, Effect, Effects } from './point-in-time';
import { editableZones, zones } from './zones';

export { type EditableZone, editableZones, type Zone, zones } from './zones';

/** S3's own limits: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const MAX_PARTS = 10_000;
export const MAX_OBJECT_BYTES = MAX_PARTS * 5 * 1024 ** 3;
const MIN_PART_BYTES = 8 * 1024 * 1024;
const MAX_KEY_BYTES = 1024;
const Crc64 = z.string().regex(/^[A-Za-z0-9+/]{11}=$/, 'A CRC64NVME is 8 bytes in base64.');

/** A folder of the raw zone, which is also the table's name in the catalog. */
export const DatasetName = z
  .string()
  .regex(DATASET_NAME, 'A dataset is named by lower-case letters, digits and “_”, beginning with a letter.');

/** The file below its dataset's folder. */
const FilePath = z.string().superRefine((path, check) => {
  const issue = keyIssue(path);
  if (issue) check.addIssue({ code: 'custom', message: `S3 cannot take this name: ${issue}.` });
});

export const ObjectKey = z.string().min(1).max(MAX_KEY_BYTES);
const UploadId = z.string().min(1).max(1024);
const PartNumber = z.number().int().min(1).max(MAX_PARTS);

export const CreateUpload = z.object({
  dataset: DatasetName,
  path: FilePath,
  sizeBytes: z.number().int().min(0).max(MAX_OBJECT_BYTES),
  contentType: z.string().max(255).default(''),
});
export type CreateUpload = z.input<typeof CreateUpload>;

export const UploadRef = z.object({ key: ObjectKey, uploadId: UploadId });
export type UploadRef = z.infer<typeof UploadRef>;

export const SignParts = UploadRef.extend({ numbers: z.array(PartNumber).min(1).max(100) });
export type SignParts = z.input<typeof SignParts>;

export const CompleteUpload = UploadRef.extend({
  parts: z
    .array(z.object({ number: PartNumber, etag: z.string().min(1).max(256) }))
    .min(1)
    .max(MAX_PARTS),
  sizeBytes: z.number().int().min(0).max(MAX_OBJECT_BYTES),
  /** Of the whole file, as its reader made it: S3 makes no object of other bytes. */
  crc64: Crc64,
});
export type CompleteUpload = z.input<typeof CompleteUpload>;

export interface PartUrl {
  number: number;
  url: string;
}

export interface StartedUpload extends UploadRef {
  partSizeBytes: number;
  /** The first parts' addresses, so that a small file needs no further question. */
  urls: PartUrl[];
}

export interface UploadedPart {
  number: number;
  etag: string;
  sizeBytes: number;
  /** CRC64NVME, where S3 tells it. */
  crc64?: string;
}

/** An upload that S3 still waits for. */
export interface OpenUpload extends UploadRef {
  /** Milliseconds since the epoch. */
  begunAt: number;
  partCount: number;
  /** How much of it is there; of the whole, S3 was told nothing. */
  sizeBytes: number;
}

export interface OpenUploads {
  bucket: string;
  uploads: OpenUpload[];
  /** There are more than were looked at. */
  isTruncated: boolean;
}

export const FindSameSized = z.object({
  dataset: DatasetName,
  sizes: z.array(z.number().int().min(0)).min(1).max(1000),
});
export type FindSameSized = z.input<typeof FindSameSized>;

/** A file of the lake that is as large as one that may be sent. */
export interface SameSized {
  key: string;
  sizeBytes: number;
  checksum: { algorithm: 'CRC64NVME' | 'CRC32'; value: string };
}

export const ListFiles = z.object({
  zone: z.enum(zones),
  prefix: z.string().max(MAX_KEY_BYTES).default(''),
  /** What follows the prefix must begin like this. */
  search: z.string().max(MAX_KEY_BYTES).default(''),
  nextToken: z.string().optional(),
});
export type ListFiles = z.input<typeof ListFiles>;

export const VersionId = z.string().min(1).max(1024);

/** Where a page of versions goes on, as S3 says it. */
const VersionMarker = z.object({ key: ObjectKey, versionId: VersionId.optional() });

export const ListVersions = z.object({
  zone: z.enum(zones),
  prefix: z.string().max(MAX_KEY_BYTES),
  /** Whether `prefix` is a whole key, and nothing else is wanted. */
  isKey: z.boolean().default(false),
  next: VersionMarker.optional(),
  pageSize: z.number().int().min(1).max(1000).default(100),
});
export type ListVersions = z.input<typeof ListVersions>;

/** One version of a file, or a delete marker. */
export interface FileVersion {
  key: string;
  versionId: string;
  isLatest: boolean;
  isDeleteMarker: boolean;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
  sizeBytes: number;
  /** With its quotes; empty for a delete marker. */
  etag: string;
  storageClass: string;
}

export interface VersionPage {
  bucket: string;
  versions: FileVersion[];
  next?: { key: string; versionId?: string | undefined };
}

export const RestoreFiles = z.object({
  zone: z.enum(editableZones),
  /** The change (see change-schemas.ts) that is undone by it. */
  undoes: z.uuid().optional(),
  files: z
    .array(
      z.object({
        key: ObjectKey,
        /** The version whose bytes the key shall have; null: the key shall not be there. */
        versionId: VersionId.nullable(),
        /** The version that was current when the person decided (null: none); if another is by now, nothing is done. */
        seen: VersionId.nullable().optional(),
      }),
    )
    .min(1)
    .max(100),
});
export type RestoreFiles = z.input<typeof RestoreFiles>;

export interface RestoredFile {
  key: string;
  /** `changed`: somebody wrote it meanwhile and nothing was done. */
  outcome: 'restored' | 'deleted' | 'unchanged' | 'changed' | 'failed';
  /** The version, or delete marker, that was made. */
  versionId?: string;
  error?: ErrorReport;
}

export const GetPointInTime = z.object({
  zone: z.enum(editableZones),
  prefix: z.string().max(MAX_KEY_BYTES),
  /** Milliseconds since the epoch; left out, the moment before the last change. */
  at: z.coerce.number().int().min(0).optional(),
});
export type GetPointInTime = z.input<typeof GetPointInTime>;

/** A folder as it was at a moment, beside what it is now. */
export interface PointInTime extends Omit<Effects, 'effects'> {
  bucket: string;
  at: number;
  /** Before it there was nothing; now, where there never was anything. */
  firstAt: number;
  versionCount: number;
  /** `changedBy`: the e-mail of who made what the file is now; left out where that was not done in the console. */
  effects: (Effect & { changedBy?: string })[];
  /** Newest first. */
  changes: Change[];
}

export const SignDownload = z.object({
  zone: z.enum(zones),
  key: ObjectKey,
  versionId: VersionId.optional(),
});
export type SignDownload = z.input<typeof SignDownload>;

export interface FileEntry {
  key: string;
  /** The key without the folder's prefix; empty for the folder's own marker, which some clients make. */
  name: string;
  sizeBytes: number;
  modifiedAt: number;
  storageClass: string;
}

export interface FilePage {
  bucket: string;
  prefix: string;
  folders: string[];
  files: FileEntry[];
  nextToken?: string;
}

/** Returns the size of every part but the last: as small as retries like, as large as 10,000 parts demand. */
export function partSizeBytes(sizeBytes: number): number {
  const needed = Math.ceil(sizeBytes / MAX_PARTS);
  return Math.max(MIN_PART_BYTES, Math.ceil(needed / 1024) * 1024);
}

export function partCount(sizeBytes: number, partBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / partBytes));
}
