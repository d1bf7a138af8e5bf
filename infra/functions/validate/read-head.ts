import { GetObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { FileSource } from '../../../lib/languages/contract/verdict.ts';
import { parquetFooterBytes, parquetTailBytes } from '../../../lib/languages/file-format/parquet-footer.ts';
import { headObject, isNotFound } from '../documents.ts';

/** The first bytes of one version, and never more; undefined where that version is gone. */
export async function readHead(s3: S3Client, source: FileSource, bytes: number): Promise<Uint8Array | undefined> {
  return readRange(s3, source, `bytes=0-${bytes - 1}`);
}

/** No sound footer is larger; a file that says so is taken for damaged. */
const footerMaxBytes = 64 * 1024 * 1024;

/** The last bytes of one version: of a Parquet file as many as hold its footer. */
export async function readTail(s3: S3Client, source: FileSource): Promise<Uint8Array> {
  const tail = (await readRange(s3, source, `bytes=-${parquetTailBytes}`)) ?? new Uint8Array();
  const sizeBytes = parquetFooterBytes(tail);
  if (sizeBytes <= tail.length || sizeBytes > footerMaxBytes) return tail;
  return (await readRange(s3, source, `bytes=-${sizeBytes}`)) ?? new Uint8Array();
}

async function readRange(s3: S3Client, source: FileSource, range: string): Promise<Uint8Array | undefined> {
  const { bucket, key, versionId } = source;
  try {
    const command = new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, Range: range });
    const { Body } = await s3.send(command);
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    // An empty object has no byte that a range could start at.
    if (error instanceof S3ServiceException && error.name === 'InvalidRange') return new Uint8Array();
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** True when the key holds an object now, be it another version. */
export async function hasObject(s3: S3Client, { bucket, key }: FileSource): Promise<boolean> {
  try {
    await headObject(s3, { Bucket: bucket, Key: key });
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
