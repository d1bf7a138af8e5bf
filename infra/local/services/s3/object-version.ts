import type { Checksum } from './checksums.ts';

/** One version of one key: an object, or a delete marker. */
export interface ObjectVersion {
  bucket: string;
  key: string;
  /** `null` (the word) for what was written while the bucket was not versioned. */
  versionId: string;
  isDeleteMarker: boolean;
  /** Bytes; 0 for a delete marker. */
  size: number;
  /** Without the quotes that it has on the wire. */
  etag: string;
  /** Milliseconds since the epoch. */
  lastModified: number;
  contentType: string;
  /** The user's own metadata, without `x-amz-meta-`. */
  metadata: Record<string, string>;
  /** `cache-control`, `content-disposition`, `content-encoding`, `content-language`, `expires`, as they were sent. */
  headers: Record<string, string>;
  tags: Record<string, string>;
  storageClass: string;
  /** Position in the one order of all writes of this lake, as hexadecimal digits of equal length: compares as text. */
  sequencer: string;
  checksum?: Checksum;
  /** Bytes of each part, for an object that was uploaded in parts. */
  partSizes?: number[];
  /** Base64, of each part, where the uploader chose an algorithm. */
  partChecksums?: string[];
  /** The multipart upload it came from, so that a repeated Complete gets the same answer. */
  uploadId?: string;
  /** Names the immutable bytes: a file, or a row of the State (`isSmallBlob`); none for a delete marker. */
  blob?: string;
}

/** What a writer decides about a version; the store decides the rest when it commits. */
export type ObjectContent = Pick<
  ObjectVersion,
  | 'size'
  | 'etag'
  | 'contentType'
  | 'metadata'
  | 'headers'
  | 'tags'
  | 'storageClass'
  | 'checksum'
  | 'partSizes'
  | 'partChecksums'
  | 'uploadId'
>;

export const DEFAULT_CONTENT_TYPE = 'binary/octet-stream';

/** S3 tells times in whole seconds; comparing finer than one tells would make a copy look newer than itself. */
export const wholeSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000) * 1000;
