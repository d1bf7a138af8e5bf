import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { qualityPrefix } from '../../../lib/languages/quality/evaluation.ts';
import { applyEvaluation } from '../../../lib/languages/quality/incidents/apply-evaluation.ts';
import { IncidentDeed, incidentDeedsPrefix } from '../../../lib/languages/quality/incidents/deed.ts';
import { EvaluationTally } from '../../../lib/languages/quality/report/tally.ts';
import { findText } from '../documents.ts';
import type { ReportEnvironment } from '../environment.ts';
import { listKeys, readEvaluation } from '../evaluations.ts';
import { IncidentFold } from './incident-fold.ts';

const readAtOnce = 15;
/** So far back incidents are told from the evaluations: one that is open longer is found in the last evaluation before. */
const historyMs = 180 * 24 * 3600 * 1000;

export interface ReadLake {
  tally: EvaluationTally;
  incidents: IncidentFold;
  /** Of the records that count for the tally. */
  unreadable: number;
}

/** Reads the evaluations and what people decided, in the order of their time. */
export async function readLake(s3: S3Client, environment: ReportEnvironment, from: Date, now: Date): Promise<ReadLake> {
  const { RESULTS_BUCKET, QUARANTINE_BUCKET, DATABASE } = environment;
  const root = `${qualityPrefix}evaluations/${DATABASE}/`;
  const keys = keysSince(await listKeys(s3, RESULTS_BUCKET, root), new Date(now.getTime() - historyMs));
  const deeds = await readDeeds(s3, RESULTS_BUCKET);
  const read: ReadLake = { tally: new EvaluationTally(from), incidents: new IncidentFold(), unreadable: 0 };
  const decideUntil = (at: string) => {
    while (deeds[0] && deeds[0].at <= at) read.incidents.decide(deeds.shift() as IncidentDeed);
  };
  for await (const record of inBatches(keys, (key) => readEvaluation(s3, RESULTS_BUCKET, key))) {
    if (!record) {
      read.unreadable += 1;
      continue;
    }
    read.tally.add(record);
    decideUntil(record.evaluatedAt);
    await applyEvaluation(read.incidents, record, QUARANTINE_BUCKET);
  }
  decideUntil(now.toISOString());
  await resolveDeleted(s3, read.incidents, now);
  return read;
}

/** Those since a moment and of each table the last one before it, oldest first: a name begins with its time. */
function keysSince(keys: readonly string[], from: Date): string[] {
  const nameOf = (key: string) => key.slice(key.lastIndexOf('/') + 1);
  const before = new Map<string, string>();
  const within: string[] = [];
  for (const key of keys) {
    if (nameOf(key) >= from.toISOString()) within.push(key);
    else before.set(key.slice(0, key.lastIndexOf('/')), key);
  }
  return [...before.values(), ...within].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

async function readDeeds(s3: S3Client, bucket: string): Promise<IncidentDeed[]> {
  const deeds: IncidentDeed[] = [];
  const keys = await listKeys(s3, bucket, incidentDeedsPrefix);
  for await (const text of inBatches(keys, (key) => findText(s3, bucket, key))) {
    const deed = IncidentDeed.safeParse(JSON.parse(text ?? 'null')).data;
    if (deed) deeds.push(deed);
  }
  return deeds;
}

async function* inBatches<T>(keys: readonly string[], read: (key: string) => Promise<T>): AsyncGenerator<T> {
  for (let first = 0; first < keys.length; first += readAtOnce)
    yield* await Promise.all(keys.slice(first, first + readAtOnce).map(read));
}

/** Nobody evaluates what was deleted. */
async function resolveDeleted(s3: S3Client, incidents: IncidentFold, now: Date): Promise<void> {
  for (const { id, kind, bucket, subject } of incidents.openOnes) {
    if (kind !== 'held' || !bucket) continue;
    // The shortest of the keys that begin so comes first.
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: subject, MaxKeys: 1 }));
    if (Contents?.[0]?.Key !== subject) incidents.resolveDeleted(id, now);
  }
}
