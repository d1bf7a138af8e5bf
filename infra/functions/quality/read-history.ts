import type { S3Client } from '@aws-sdk/client-s3';
import { type QualityEvaluation, qualityPrefix } from '../../../lib/languages/quality/evaluation.ts';
import { listKeys, readEvaluation } from '../evaluations.ts';

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
    records.push(...(await Promise.all(batch.map((key) => readEvaluation(s3, bucket, key)))));
  }
  return records.filter((record) => record !== undefined);
}
