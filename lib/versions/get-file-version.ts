import 'server-only';
import {
  GetObjectTaggingCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { findWriters, writerKey } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { listDatasets } from '@/lib/catalog';
import { AppError } from '@/lib/errors';
import type { RunOfFile } from '@/lib/runs/schemas';
import { zoneBucket } from '@/lib/storage/zone-bucket';
import { runOfVersion, versionRun } from './run-of-version';
import { GetFileVersion, type VersionDetails, type VersionRef } from './schemas';
import { sourceOfCopy } from './source-of-copy';

/**
 * Returns all that is known of one version. Also of one that is not there any more, as long as the record of its run
 * is; throws NOT_FOUND where there is neither.
 */
export async function getFileVersion(ctx: Context, raw: GetFileVersion): Promise<VersionDetails> {
  requirePermission(ctx, 'files:read');
  const { zone, key, versionId } = GetFileVersion.parse(raw);
  const bucket = zoneBucket(await getLake(), zone);
  const subject = `s3://${bucket}/${key}`;
  const [seen, currentId, writers] = await Promise.all([
    look(ctx, bucket, key, versionId),
    findCurrentId(ctx, bucket, key),
    findWriters([subject]),
  ]);
  const source = seen.head && sourceOfCopy({ zone, key }, seen.head.Metadata ?? {});
  const run = await runOfVersion(ctx, { zone, key, versionId }, source);
  const writer = writers.get(writerKey(subject, versionId));
  if (seen.kind === 'gone' && !run && !writer) {
    throw new AppError('NOT_FOUND', `There is no version ${versionId} of ${subject}.`);
  }
  const movedTo = zone === 'raw' && seen.kind === 'gone' ? quarantineOf(run) : undefined;
  return {
    zone,
    key,
    bucket,
    versionId,
    kind: movedTo ? 'moved' : seen.kind,
    ...(currentId ? { currentId } : {}),
    ...(seen.head ? factsOf(seen.head) : { ...NO_FACTS, sizeBytes: sizeOf(run) }),
    at: seen.at ?? writer?.at ?? run?.startedAt,
    tags: seen.head ? await findTags(ctx, bucket, key, versionId) : {},
    ...(writer ? { writer } : {}),
    ...(run ? { run: versionRun(run), verdict: run.verdict, tables: await tablesOf(ctx, run) } : {}),
    ...(run?.request && zone === 'raw' ? { request: run.request } : {}),
    ...(source ? { source } : {}),
    ...(movedTo ? { movedTo } : {}),
  };
}

interface Seen {
  kind: 'version' | 'deletion' | 'gone';
  at?: number | undefined;
  head?: HeadObjectCommandOutput;
}

async function look(ctx: Context, bucket: string, key: string, versionId: string): Promise<Seen> {
  try {
    const command = new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, ChecksumMode: 'ENABLED' });
    const head = await ctx.aws.s3.send(command);
    return { kind: 'version', at: head.LastModified?.getTime(), head };
  } catch (error) {
    // What S3 says of a delete marker: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
    const response = error instanceof S3ServiceException ? error.$response : undefined;
    if (response?.statusCode === 405) {
      const at = Date.parse(response.headers['last-modified'] ?? '');
      return { kind: 'deletion', ...(Number.isNaN(at) ? {} : { at }) };
    }
    // An id that is none of S3's is a bad request to it, and for a person just a version that is not there.
    if (toAppError(error).code === 'NOT_FOUND' || response?.statusCode === 400) return { kind: 'gone' };
    throw error;
  }
}

async function findCurrentId(ctx: Context, bucket: string, key: string): Promise<string | undefined> {
  try {
    return (await ctx.aws.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).VersionId ?? 'null';
  } catch (error) {
    if (toAppError(error).code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

async function findTags(ctx: Context, bucket: string, key: string, versionId: string): Promise<Record<string, string>> {
  const command = new GetObjectTaggingCommand({ Bucket: bucket, Key: key, VersionId: versionId });
  const { TagSet } = await ctx.aws.s3.send(command);
  return Object.fromEntries((TagSet ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? '']));
}

async function tablesOf(ctx: Context, { report }: RunOfFile): Promise<VersionDetails['tables']> {
  if (!report || report.tables.length === 0) return [];
  const { datasets } = await listDatasets(ctx);
  const there = new Set(datasets.flatMap((dataset) => dataset.tables.map((table) => table.name)));
  return report.tables.map(({ name, rows }) => ({ name, rows, isThere: there.has(name) }));
}

const NO_FACTS = { checksums: [], metadata: {} };

function factsOf(head: HeadObjectCommandOutput) {
  return {
    sizeBytes: head.ContentLength ?? 0,
    etag: head.ETag ?? '',
    contentType: head.ContentType ?? '',
    // S3 leaves the header out for its standard class.
    storageClass: head.StorageClass ?? 'STANDARD',
    encryption: head.ServerSideEncryption ?? '',
    checksums: checksumsOf(head),
    metadata: head.Metadata ?? {},
  };
}

function checksumsOf(head: HeadObjectCommandOutput): VersionDetails['checksums'] {
  const values = {
    'CRC-64/NVME': head.ChecksumCRC64NVME,
    'CRC-32': head.ChecksumCRC32,
    'CRC-32C': head.ChecksumCRC32C,
    'SHA-1': head.ChecksumSHA1,
    'SHA-256': head.ChecksumSHA256,
  };
  const isOfParts = head.ChecksumType === 'COMPOSITE';
  return Object.entries(values).flatMap(([algorithm, value]) => (value ? [{ algorithm, value, isOfParts }] : []));
}

const sizeOf = (run: RunOfFile | undefined) => run?.verdict.source.size;

function quarantineOf(run: RunOfFile | undefined): VersionRef | undefined {
  const { quarantined } = run?.verdict ?? {};
  if (!quarantined) return undefined;
  return { zone: 'quarantine', key: quarantined.key, versionId: quarantined.versionId ?? 'null' };
}
