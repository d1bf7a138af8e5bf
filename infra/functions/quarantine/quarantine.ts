import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type FileSource, runRecordKey, type Verdict } from '../../../lib/languages/contract/verdict.ts';
import { headObject, isNotFound, putJson } from '../documents.ts';
import type { StepPayload } from '../payload.ts';
import { copyVersion } from './copy-version.ts';
import { finalVerdict } from './final-verdict.ts';
import { runUncovered, type UncoveredDependencies } from './uncovered-version.ts';

/**
 * Moves a rejected version out of the raw zone, and puts the verdict beside it. Every step can be done twice, and the
 * version leaves the raw zone last, so that a run that is cut off anywhere and tried again ends the same and loses nothing.
 */
export async function quarantine(payload: StepPayload, dependencies: UncoveredDependencies): Promise<Verdict> {
  const { s3, environment } = dependencies;
  const verdict = finalVerdict(payload);
  const bucket = environment.QUARANTINE_BUCKET;
  const versionId = await moveIn(s3, verdict, bucket);
  const { key } = verdict.source;
  const final = { ...verdict, quarantined: { bucket, key, ...(versionId ? { versionId } : {}) } };
  await Promise.all([
    putJson(s3, bucket, `${key}.verdict.json`, final),
    putJson(s3, environment.RESULTS_BUCKET, runRecordKey(final), { execution: payload.execution, verdict: final }),
  ]);
  await deleteVersion(s3, verdict.source);
  await runUncovered(verdict, payload.execution, dependencies);
  return final;
}

/** Answers the version of the copy, an earlier try's where the raw one is gone already. */
async function moveIn(s3: S3Client, verdict: Verdict, bucket: string): Promise<string | undefined> {
  const { source } = verdict;
  const original = await findVersion(s3, source.bucket, source.key, source.versionId);
  if (!original) return (await findVersion(s3, bucket, source.key))?.VersionId;
  const sized = { ...source, size: original.ContentLength ?? source.size };
  return copyVersion(s3, sized, { bucket, contentType: original.ContentType, metadata: metadataOf(verdict) });
}

async function findVersion(s3: S3Client, bucket: string, key: string, versionId?: string) {
  try {
    return await headObject(s3, { Bucket: bucket, Key: key, VersionId: versionId });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function deleteVersion(s3: S3Client, { bucket, key, versionId }: FileSource): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
}

const summaryLength = 500;

/** Headers hold ASCII alone, and 2 KB in all. */
function metadataOf({ source, problems, problemCount }: Verdict): Record<string, string> {
  return {
    'source-bucket': source.bucket,
    'source-version': source.versionId,
    'problem-count': String(problemCount),
    'problem-codes': [...new Set(problems.map((problem) => problem.code))].join(','),
    'first-problem': (problems[0]?.message ?? '')
      .replace(/[“”]/g, '"')
      .replace(/[^\x20-\x7e]/g, '?')
      .slice(0, summaryLength),
  };
}
