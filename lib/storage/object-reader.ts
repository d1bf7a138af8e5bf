import 'server-only';
import { GetObjectCommand, type HeadObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3';
import { AppError } from '@/lib/errors';
import type { ObjectPlace } from './copy-object';

/** Reads parts of one version of an object, and no more bytes of it in all than it was given leave to. */
export class ObjectReader {
  readonly sizeBytes: number;
  readonly #s3: S3Client;
  readonly #place: ObjectPlace & { versionId: string | undefined };
  #left: number;

  constructor(s3: S3Client, place: ObjectPlace, head: HeadObjectCommandOutput, limitBytes: number) {
    this.#s3 = s3;
    this.#place = { ...place, versionId: head.VersionId };
    this.sizeBytes = head.ContentLength ?? 0;
    this.#left = limitBytes;
  }

  /** Returns the bytes from `start` up to and without `end`; throws LIMIT_EXCEEDED where that would be too many. */
  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const last = Math.min(end, this.sizeBytes);
    if (last <= start) return new Uint8Array();
    this.#left -= last - start;
    if (this.#left < 0)
      throw new AppError('LIMIT_EXCEEDED', 'More of the file would have to be read than a preview may.');
    const { bucket, key, versionId } = this.#place;
    const { Body } = await this.#s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, Range: `bytes=${start}-${last - 1}` }),
    );
    return new Uint8Array((await Body?.transformToByteArray()) ?? []);
  }
}
