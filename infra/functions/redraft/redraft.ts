import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { contractKey } from '../../../lib/languages/contract/contract.ts';
import { parseContract, printContract } from '../../../lib/languages/contract/print-contract.ts';
import type { Verdict } from '../../../lib/languages/contract/verdict.ts';
import { widenContract } from '../../../lib/languages/contract/widen-contract.ts';
import { violationIn } from '../contract-violation.ts';
import type { RedraftEnvironment } from '../environment.ts';
import type { StepPayload } from '../payload.ts';

interface Dependencies {
  s3: S3Client;
  environment: RedraftEnvironment;
}

/** Each draft costs a read of the file; a column is as wide as can be after four, and a violation names fifty problems. */
const draftsMax = 12;

/**
 * Widens the contract that was drafted from this file's beginning by what the job found in its rest, and answers the
 * accepted verdict again; answers a rejected one where wider types do not help, or where somebody else stands by the
 * draft by now: a person has kept it, or another file's rows are in the table.
 */
export async function redraft({ verdict }: StepPayload, { s3, environment }: Dependencies): Promise<Verdict> {
  const { failure, ...accepted } = verdict;
  const violation = violationIn(failure?.Cause ?? '');
  const rejected: Verdict = { ...accepted, status: 'rejected', ...violation };
  const drafts = accepted.drafts ?? 0;
  if (drafts === 0 || drafts >= draftsMax) return rejected;
  const place = { Bucket: environment.PROCESSED_BUCKET, Key: contractKey(accepted.dataset) };
  const [kept, hasRows] = await Promise.all([
    s3.send(new GetObjectCommand(place)),
    hasObjects(s3, place.Bucket, `${accepted.dataset}/`),
  ]);
  const contract = parseContract((await kept.Body?.transformToString()) ?? '');
  const wider = contract.status === 'draft' && !hasRows && widenContract(contract, violation.problems);
  if (!wider) return rejected;
  await s3.send(
    // Against a person who keeps or changes the draft just now: then this step fails, is tried again, and sees that.
    new PutObjectCommand({
      ...place,
      Body: printContract(wider),
      ContentType: 'application/json',
      IfMatch: kept.ETag,
    }),
  );
  return { ...accepted, drafts: drafts + 1 };
}

async function hasObjects(s3: S3Client, bucket: string, prefix: string): Promise<boolean> {
  const { KeyCount = 0 } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: 1 }));
  return KeyCount > 0;
}
