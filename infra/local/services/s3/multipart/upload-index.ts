import type { Principal } from '../../../service.ts';
import type { State, Table } from '../../../state/state.ts';
import { type ChecksumAlgorithm, type ChecksumType, DEFAULT_ALGORITHM } from '../checksums.ts';
import { s3Error } from '../errors.ts';
import type { ObjectContent } from '../object-version.ts';
import type { Place } from '../version-index.ts';

// Behind every upload of a key.
const AFTER = '\u{10FFFF}';

/** A multipart upload in progress. */
export interface Upload {
  bucket: string;
  key: string;
  uploadId: string;
  /** Milliseconds since the epoch. */
  initiatedAt: number;
  initiator: Principal;
  content: Pick<ObjectContent, 'contentType' | 'metadata' | 'headers' | 'tags' | 'storageClass'>;
  /** What its creator chose. */
  checksum?: { algorithm: ChecksumAlgorithm; type: ChecksumType };
  /** Bytes of one slot of the slot file; set once a part lies in it. */
  slotBytes?: number;
}

/** What is computed of its parts, chosen or S3's own. */
export const checksumOf = ({ checksum }: Upload): { algorithm: ChecksumAlgorithm; type: ChecksumType } =>
  checksum ?? { algorithm: DEFAULT_ALGORITHM, type: 'FULL_OBJECT' };

/** An acknowledged part. */
export interface Part {
  partNumber: number;
  size: number;
  /** Hexadecimal MD5. */
  etag: string;
  checksum?: { algorithm: ChecksumAlgorithm; value: string };
  /** Milliseconds since the epoch. */
  lastModified: number;
  /** Where its bytes are: in its slot of the slot file, or in a file of its own. */
  place: 'slot' | { file: string };
}

/** The tables of uploads and their parts. Writing methods belong inside a commit. */
export class UploadIndex {
  readonly #uploads: Table<Upload>;
  /** Where to find an upload by its id alone. */
  readonly #keys: Table<{ bucket: string; key: string }>;
  readonly #parts: Table<Part>;

  constructor(state: State) {
    this.#uploads = state.table('s3-uploads');
    this.#keys = state.table('s3-upload-keys');
    this.#parts = state.table('s3-parts');
  }

  find(uploadId: string): Upload | undefined {
    const place = this.#keys.get([uploadId]);
    return place && this.#uploads.get([place.bucket, place.key, uploadId]);
  }

  /** Throws NoSuchUpload, also where the id belongs to another key. */
  get(bucket: string, key: string, uploadId: string): Upload {
    const upload = this.#uploads.get([bucket, key, uploadId]);
    if (!upload) throw s3Error('NoSuchUpload', { UploadId: uploadId });
    return upload;
  }

  /** Uploads of a bucket by key, then by the time they began, from a place on. */
  *from(bucket: string, place: Place): Iterable<Upload> {
    const start = 'at' in place ? [bucket, place.at] : [bucket, place.after, place.version ?? AFTER];
    for (const { key, value } of this.#uploads.range({ start })) {
      if (key[0] !== bucket) return;
      if ('after' in place && value.key === place.after && value.uploadId === place.version) continue;
      yield value;
    }
  }

  put(upload: Upload): void {
    const { bucket, key, uploadId } = upload;
    this.#uploads.put([bucket, key, uploadId], upload);
    this.#keys.put([uploadId], { bucket, key });
  }

  /** With all its parts. */
  remove({ bucket, key, uploadId }: Upload): void {
    for (const part of this.parts(uploadId)) this.#parts.remove([uploadId, part.partNumber]);
    this.#uploads.remove([bucket, key, uploadId]);
    this.#keys.remove([uploadId]);
  }

  parts(uploadId: string): Part[] {
    return [...this.#parts.under([uploadId])].map(({ value }) => value);
  }

  findPart(uploadId: string, partNumber: number): Part | undefined {
    return this.#parts.get([uploadId, partNumber]);
  }

  putPart(uploadId: string, part: Part): void {
    this.#parts.put([uploadId, part.partNumber], part);
  }
}
