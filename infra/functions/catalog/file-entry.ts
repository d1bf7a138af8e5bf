import { DeleteObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { Verdict } from '../../../lib/languages/contract/verdict.ts';
import { putJson } from '../documents.ts';

/** Lists a file that is no table, or strikes it off: the entry is there as long as the file is. */
export async function catalogFile(s3: S3Client, processedBucket: string, verdict: Verdict): Promise<void> {
  const { dataset, file, source, format } = verdict;
  const key = `_lake/files/${dataset}/${file}.json`;
  if (!(await isThere(s3, source.bucket, source.key))) {
    await s3.send(new DeleteObjectCommand({ Bucket: processedBucket, Key: key }));
    return;
  }
  if (verdict.status !== 'file') return;
  const mediaType = format.type === 'binary' ? format.mediaType : 'application/octet-stream';
  await putJson(s3, processedBucket, key, { dataset, file, ...source, ...verdict.media, mediaType });
}

/** Listing shows current objects alone, and needs no right to read them. */
async function isThere(s3: S3Client, bucket: string, key: string): Promise<boolean> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 1 }));
  return Contents[0]?.Key === key;
}
