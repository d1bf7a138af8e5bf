import 'server-only';
import { randomInt } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { z } from 'zod';
import { type Context, requireAllowance, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { findContract } from '@/lib/catalog';
import { reportError } from '@/lib/error-report';
import { compareMaxBytes, type Side } from '@/lib/languages/compare/comparison.ts';
import { primaryKeyOf } from '@/lib/languages/contract/contract.ts';
import { datasetOfKey } from '@/lib/runs/run-file';
import { zoneBucket } from '@/lib/storage/zone-bucket';
import { runComparison } from './run-comparison';
import { type CompareEvent, CompareVersions } from './schemas';

/** As long as the slowest comparison may take. */
const URL_SECONDS = 3600;

/**
 * Compares two versions of a file and says how far it is, then what it found or why it did not go on. The signal ends
 * it, and its reads of S3.
 */
export function compareVersions(ctx: Context, raw: CompareVersions, signal: AbortSignal): AsyncGenerator<CompareEvent> {
  requirePermission(ctx, 'files:download');
  requireAllowance(ctx, 'compare');
  return compare(ctx, CompareVersions.parse(raw), signal);
}

async function* compare(
  ctx: Context,
  { zone, key, from, to, by, asText }: z.output<typeof CompareVersions>,
  signal: AbortSignal,
): AsyncGenerator<CompareEvent> {
  const bucket = zoneBucket(await getLake(), zone);
  try {
    const files = { from: await remoteFile(ctx, bucket, key, from), to: await remoteFile(ctx, bucket, key, to) };
    const large = (['from', 'to'] as const satisfies Side[]).find((side) => files[side].sizeBytes > compareMaxBytes);
    if (large) {
      yield { type: 'refused', problem: { code: 'too-large', side: large, limit: compareMaxBytes } };
      return;
    }
    const contractKey = zone === 'raw' || zone === 'quarantine' ? await contractKeyOf(ctx, key) : [];
    // Nobody can then make a file whose rows look alike to us.
    const seed = randomInt(2 ** 32);
    yield* runComparison({ ...files, options: { chosenKey: by, contractKey, asText, seed } }, signal);
  } catch (error) {
    yield { type: 'failed', error: await reportError(error, ctx.requestId) };
  }
}

async function remoteFile(ctx: Context, bucket: string, key: string, versionId: string) {
  const object = { Bucket: bucket, Key: key, VersionId: versionId };
  const { ContentLength } = await ctx.aws.s3.send(new HeadObjectCommand(object));
  const url = await getSignedUrl(ctx.aws.s3, new GetObjectCommand(object), { expiresIn: URL_SECONDS });
  return { name: key.split('/').at(-1) ?? key, sizeBytes: ContentLength ?? 0, url };
}

/** As the files name the columns. */
async function contractKeyOf(ctx: Context, key: string): Promise<string[]> {
  const dataset = datasetOfKey(key);
  const kept = dataset ? await findContract(ctx, { dataset }) : undefined;
  return kept ? primaryKeyOf(kept.contract).map((column) => column.physicalName) : [];
}
