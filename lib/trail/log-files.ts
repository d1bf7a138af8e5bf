import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Context } from '@/lib/auth/context';
import { toAppError } from '@/lib/aws/errors';
import type { Lake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { digestPrefix, logFileMinute, logPrefix, type TrailPlace } from '@/lib/languages/cloudtrail/file-names.ts';
import { TrailLogFile, type TrailRecord } from '@/lib/languages/cloudtrail/record.ts';
import type { StoredFile } from '@/lib/languages/cloudtrail/trail-files.ts';

const DAY_MS = 24 * 3_600_000;
/** IAM knows one region, whose files hold what is done to roles and policies. */
const GLOBAL_REGION = 'us-east-1';

export type AsPerson = Pick<Context, 'aws'>;

/** The regions whose calls concern the lake: its own and IAM's. */
export function trailPlaces(lake: Lake): [TrailPlace, ...TrailPlace[]] {
  const [, , , region = '', account = ''] = lake.stateMachineArn.split(':');
  const home = { account, region };
  return region === GLOBAL_REGION ? [home] : [home, { account, region: GLOBAL_REGION }];
}

/** Log files of a day (UTC), in the order of their names, which is that of their delivery. */
export function listLogsOfDay(ctx: AsPerson, lake: Lake, place: TrailPlace, day: Date): Promise<StoredFile[]> {
  return listFolder(ctx, lake.trailBucket, logPrefix(place, day));
}

export function listDigestsOfDay(ctx: AsPerson, lake: Lake, place: TrailPlace, day: Date): Promise<StoredFile[]> {
  return listFolder(ctx, lake.trailBucket, digestPrefix(place, day));
}

async function listFolder({ aws }: AsPerson, Bucket: string, Prefix: string): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await aws.s3.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
    for (const { Key, LastModified } of page.Contents ?? []) {
      if (Key) files.push({ key: Key, storedAtMs: LastModified?.getTime() ?? 0 });
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  return files;
}

/** The days (UTC) that a time touches, newest first. */
export function* daysBack(fromMs: number, toMs: number): Iterable<Date> {
  const first = Math.floor(fromMs / DAY_MS);
  for (let day = Math.floor(toMs / DAY_MS); day >= first; day--) yield new Date(day * DAY_MS);
}

/** Undefined where there is no such file. */
export async function readFile({ aws }: AsPerson, Bucket: string, Key: string) {
  try {
    const { Body, Metadata } = await aws.s3.send(new GetObjectCommand({ Bucket, Key }));
    return { bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(), metadata: Metadata ?? {} };
  } catch (error) {
    if (toAppError(error).code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/** The records of a log file; none of one that is gone by now. Throws where it is none that CloudTrail wrote. */
export async function readRecords(ctx: AsPerson, lake: Lake, key: string): Promise<TrailRecord[]> {
  const file = await readFile(ctx, lake.trailBucket, key);
  if (!file) return [];
  try {
    return TrailLogFile.parse(JSON.parse(gunzipSync(file.bytes).toString('utf8'))).Records;
  } catch (cause) {
    throw new AppError(
      'INVALID',
      `The log file ${key} in ${lake.trailBucket} is not as CloudTrail wrote it. Verify the trail's files to see which others are not.`,
      { cause, reason: 'trailFileUnreadable', details: { key, bucket: lake.trailBucket } },
    );
  }
}

export function minuteOf({ key }: StoredFile): string {
  return logFileMinute(key) ?? '';
}
