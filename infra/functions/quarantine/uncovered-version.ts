import { createHash } from 'node:crypto';
import { ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { RunRecord, runRecordKey, type Verdict } from '../../../lib/languages/contract/verdict.ts';
import { findText, headObject, isNotFound } from '../documents.ts';
import type { QuarantineEnvironment } from '../environment.ts';

export interface UncoveredDependencies {
  s3: S3Client;
  states: SFNClient;
  environment: QuarantineEnvironment;
}

/**
 * The version below one that was moved away is the file again. Its rows may never have come into the table: they waited
 * for its rules when the newer version came, and were not published for that. Then its run is made again.
 */
export async function runUncovered(verdict: Verdict, execution: string, dependencies: UncoveredDependencies) {
  const { s3, states, environment } = dependencies;
  const record = await uncoveredRecord(verdict, dependencies);
  if (record?.verdict.status !== 'accepted' || (await hasRows(s3, environment, record.verdict))) return;
  const { versionId } = record.verdict.source;
  try {
    await states.send(
      new StartExecutionCommand({
        stateMachineArn: environment.STATE_MACHINE_ARN,
        // Named after its cause, so that a second try of this step starts none.
        name: createHash('sha256').update(`${execution} ${versionId}`).digest('hex').slice(0, 32),
        input: JSON.stringify(eventOf(record.verdict)),
      }),
    );
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}

async function uncoveredRecord(
  { dataset, file, source }: Verdict,
  { s3, environment }: UncoveredDependencies,
): Promise<RunRecord | undefined> {
  const list = new ListObjectVersionsCommand({ Bucket: source.bucket, Prefix: source.key, MaxKeys: 1 });
  const { Versions: [current] = [] } = await s3.send(list);
  if (current?.Key !== source.key || !current.IsLatest || !current.VersionId) return undefined;
  const key = runRecordKey({ dataset, file, source: { ...source, versionId: current.VersionId } });
  const text = await findText(s3, environment.RESULTS_BUCKET, key);
  return text === undefined ? undefined : RunRecord.parse(JSON.parse(text));
}

async function hasRows(s3: S3Client, environment: QuarantineEnvironment, verdict: Verdict): Promise<boolean> {
  const { dataset, file, source } = verdict;
  try {
    const Key = `${dataset}/${file}/part-00000.parquet`;
    const { Metadata } = await headObject(s3, { Bucket: environment.PROCESSED_BUCKET, Key });
    return Metadata?.['source-version'] === source.versionId;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

function eventOf({ source: { bucket, key, versionId, sequencer, size } }: Verdict) {
  const object = { key, size, 'version-id': versionId, sequencer };
  return { source: 'aws.s3', 'detail-type': 'Object Created', detail: { bucket: { name: bucket }, object } };
}
