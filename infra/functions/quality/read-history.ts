import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { QualityEvaluation, qualityPrefix } from '../../../lib/languages/quality/evaluation.ts';
import { findText } from '../documents.ts';

/** More make no band narrower, and each is a request. */
const recordsMax = 90;
const readAtOnce = 15;

/** The last evaluations of a table, oldest first. What is no record of ours is passed over. */
export async function readHistory(
  s3: S3Client,
  bucket: string,
  { database, table }: { database: string; table: string },
): Promise<QualityEvaluation[]> {
  const keys = (await listKeys(s3, bucket, `${qualityPrefix}evaluations/${database}/${table}/`)).slice(-recordsMax);
  const records: (QualityEvaluation | undefined)[] = [];
  for (let first = 0; first < keys.length; first += readAtOnce) {
    const batch = keys.slice(first, first + readAtOnce);
    records.push(...(await Promise.all(batch.map((key) => readRecord(s3, bucket, key)))));
  }
  return records.filter((record) => record !== undefined);
}

/** S3 lists keys in their order, which is that of time. */
async function listKeys(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }));
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key ? [Key] : [])));
    token = page.NextContinuationToken;
  } while (token);
  return keys;
}

async function readRecord(s3: S3Client, bucket: string, key: string): Promise<QualityEvaluation | undefined> {
  const text = await findText(s3, bucket, key);
  try {
    return QualityEvaluation.safeParse(JSON.parse(text ?? 'null')).data;
  } catch {
    return undefined;
  }
}
