import 'server-only';
import { HeadObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { splitRawKey } from '@/lib/languages/contract/snake-case.ts';
import { RunRecord } from '@/lib/languages/contract/verdict.ts';
import { executionArn } from './execution-arn';
import { laterSequencer } from './later-sequencer';
import { parseJson } from './run-file';
import { readResult, recordKey } from './run-outcome';
import { RerunFile } from './schemas';

/**
 * Runs the pipeline again on what a key of the raw zone holds now, with the input that S3's event gave it the first
 * time. Returns the new run. Throws NOT_FOUND where the key has never held anything.
 */
export async function rerunFile(ctx: Context, raw: RerunFile): Promise<{ id: string }> {
  requirePermission(ctx, 'runs:start');
  const { key } = RerunFile.parse(raw);
  const { rawBucket, stateMachineArn } = await getLake();
  const { current, input } = await inputOfFile(ctx, rawBucket, key);
  const { executionArn: arn } = await ctx.aws.states.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  const id = arn?.split(':').at(-1) ?? '';
  const details = { versionId: current.versionId, execution: id };
  await recordAudit(ctx, { action: 'runs.start', subject: `s3://${rawBucket}/${key}`, details });
  return { id };
}

/** What a key holds now, and what a run is started with on it. Throws NOT_FOUND where it has never held anything. */
export async function inputOfFile(
  ctx: Context,
  bucket: string,
  key: string,
): Promise<{ current: Current; input: object }> {
  const current = await currentVersion(ctx, bucket, key);
  return { current, input: await inputFor(ctx, key, current) };
}

interface Current {
  bucket: string;
  versionId: string;
  isDeletion: boolean;
  sizeBytes: number;
  etag: string;
  modifiedAt: Date;
}

async function currentVersion(ctx: Context, bucket: string, key: string): Promise<Current> {
  const page = await ctx.aws.s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, MaxKeys: 1 }));
  const [version, marker] = [page.Versions?.[0], page.DeleteMarkers?.[0]];
  const newest = version ?? marker;
  if (newest?.Key !== key) throw new AppError('NOT_FOUND', `There has never been a file at s3://${bucket}/${key}.`);
  return {
    bucket,
    versionId: newest.VersionId ?? 'null',
    isDeletion: version === undefined,
    sizeBytes: version?.Size ?? 0,
    etag: (version?.ETag ?? '').replaceAll('"', ''),
    modifiedAt: newest.LastModified ?? new Date(),
  };
}

/** The first event's own text where Step Functions still has it (90 days), else the same made of what S3 says today. */
async function inputFor(ctx: Context, key: string, current: Current): Promise<object> {
  const path = recordKey(key, current.versionId);
  const record = path ? await readResult(ctx, path, RunRecord) : undefined;
  const first = record && (await findInput(ctx, record.execution));
  const event: ObjectEvent = isEventOf(first, current) ? first : eventOf(key, current);
  const own = event.detail.object.sequencer ?? record?.verdict.source.sequencer ?? EARLIEST;
  // The transform leaves rows alone that a later event has written, even if that event's version is there no more.
  const sequencer = laterSequencer(own, (await writtenSequencer(ctx, key)) ?? EARLIEST);
  // A person's word against the gate was for the run that it started.
  const { override: _, ...rest } = event;
  return { ...rest, detail: { ...event.detail, object: { ...event.detail.object, sequencer } } };
}

/** A sequencer that no other comes before. */
const EARLIEST = '0';

interface ObjectEvent {
  override?: unknown;
  detail: { object: { sequencer?: string; 'version-id'?: string } };
}

function isEventOf(event: unknown, { versionId }: Current): event is ObjectEvent {
  return ((event as Partial<ObjectEvent> | undefined)?.detail?.object?.['version-id'] ?? 'null') === versionId;
}

async function findInput(ctx: Context, id: string): Promise<unknown> {
  const { stateMachineArn } = await getLake();
  try {
    const arn = executionArn(stateMachineArn, id);
    const { input } = await ctx.aws.states.send(new DescribeExecutionCommand({ executionArn: arn }));
    return parseJson(input);
  } catch (error) {
    if (toAppError(error).code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
function eventOf(key: string, { bucket, versionId, isDeletion, sizeBytes, etag, modifiedAt }: Current) {
  const object = { key, etag, 'version-id': versionId, ...(isDeletion ? {} : { size: sizeBytes }) };
  return {
    version: '0',
    'detail-type': isDeletion ? 'Object Deleted' : 'Object Created',
    source: 'aws.s3',
    time: modifiedAt.toISOString(),
    resources: [`arn:aws:s3:::${bucket}`],
    detail: { version: '0', bucket: { name: bucket }, object: object as ObjectEvent['detail']['object'] },
  };
}

/** The sequencer of the event whose rows the table has of this file. */
async function writtenSequencer(ctx: Context, key: string): Promise<string | undefined> {
  const place = splitRawKey(key);
  if (!place) return undefined;
  const { processedBucket } = await getLake();
  try {
    const Key = `${place.dataset}/${place.file}/part-00000.parquet`;
    const { Metadata } = await ctx.aws.s3.send(new HeadObjectCommand({ Bucket: processedBucket, Key }));
    return Metadata?.sequencer;
  } catch (error) {
    if (toAppError(error).code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
