import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { QualityEvaluation } from '../../lib/languages/quality/evaluation.ts';
import { findText } from './documents.ts';

/** S3 lists keys in their order, which is that of time. */
export async function listKeys(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }));
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key ? [Key] : [])));
    token = page.NextContinuationToken;
  } while (token);
  return keys;
}

/** Undefined for what is no record of ours. */
export async function readEvaluation(
  s3: S3Client,
  bucket: string,
  key: string,
): Promise<QualityEvaluation | undefined> {
  const text = await findText(s3, bucket, key);
  try {
    return QualityEvaluation.safeParse(JSON.parse(text ?? 'null')).data;
  } catch {
    return undefined;
  }
}
