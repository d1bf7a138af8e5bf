import 'server-only';
import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { toAppError } from '@/lib/aws/errors';

export interface CurrentObject {
  /** `null` (the word) in a bucket without versions, as S3 calls it. */
  versionId: string;
  etag: string | undefined;
  sizeBytes: number;
}

/** Returns what a key holds now, or undefined. */
export async function findCurrent(s3: S3Client, bucket: string, key: string): Promise<CurrentObject | undefined> {
  try {
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return { versionId: head.VersionId ?? 'null', etag: head.ETag, sizeBytes: head.ContentLength ?? 0 };
  } catch (error) {
    if (toAppError(error).code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
