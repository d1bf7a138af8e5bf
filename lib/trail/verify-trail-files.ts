import 'server-only';
import { GetTrailStatusCommand, ListPublicKeysCommand } from '@aws-sdk/client-cloudtrail';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake, type Lake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import type { StoredFile, TrailFiles } from '@/lib/languages/cloudtrail/trail-files.ts';
import type { Verification } from '@/lib/languages/cloudtrail/verification.ts';
import { verifyTrail } from '@/lib/languages/cloudtrail/verify-trail.ts';
import { daysBack, listDigestsOfDay, listLogsOfDay, readFile, trailPlaces } from './log-files';
import { VerifyTrailFiles } from './schemas';

const DAY_MS = 24 * 3_600_000;
/** A digest of what happened in a time may be signed a little later. */
const KEYS_LATER_MS = 2 * 3_600_000;

/**
 * Returns whether the trail's files of the last days, in the lake's region, are as CloudTrail delivered them; names each
 * that is not. `onProgress` is called for each file.
 */
export async function verifyTrailFiles(
  ctx: Context,
  raw: VerifyTrailFiles,
  onProgress?: (progress: { done: number; total: number }) => void,
): Promise<Verification> {
  requirePermission(ctx, 'audit:read');
  const { days } = VerifyTrailFiles.parse(raw);
  const lake = await getLake();
  const toMs = Date.now();
  const fromMs = toMs - days * DAY_MS;
  // Before the files are listed: what is delivered meanwhile is then there, and not missing.
  const status = await ctx.aws.cloudTrail.send(new GetTrailStatusCommand({ Name: lake.trailName }));
  return verifyTrail(filesOf(ctx, lake, fromMs, toMs), {
    bucket: lake.trailBucket,
    from: wholeSeconds(fromMs),
    to: wholeSeconds(toMs),
    ...lastDeliveries(status, fromMs),
    ...(onProgress && { onProgress }),
  });
}

function lastDeliveries(
  { LatestDeliveryTime, LatestDigestDeliveryTime }: { LatestDeliveryTime?: Date; LatestDigestDeliveryTime?: Date },
  fromMs: number,
) {
  const within = (at: Date | undefined) => (at && at.getTime() >= fromMs ? at.getTime() : undefined);
  return { lastLogAtMs: within(LatestDeliveryTime), lastDigestAtMs: within(LatestDigestDeliveryTime) };
}

function filesOf(ctx: Context, lake: Lake, fromMs: number, toMs: number): TrailFiles {
  const [home] = trailPlaces(lake);
  const days = [...daysBack(fromMs, toMs + 60_000)];
  const collect = async (list: (day: Date) => Promise<StoredFile[]>) => {
    const files: StoredFile[] = [];
    for (const day of days) files.push(...(await list(day)));
    return files.filter(({ storedAtMs }) => storedAtMs >= fromMs);
  };
  const isOfTrail = ({ key }: StoredFile) => key.includes(`_${home.region}_${lake.trailName}_${home.region}_`);
  let keys: Promise<Map<string, Uint8Array>> | undefined;
  return {
    listDigests: async () => (await collect((day) => listDigestsOfDay(ctx, lake, home, day))).filter(isOfTrail),
    listLogs: () => collect((day) => listLogsOfDay(ctx, lake, home, day)),
    readDigest: async (bucket, key) => {
      const file = await readFile(ctx, bucket, key);
      return file && { bytes: file.bytes, signature: file.metadata.signature };
    },
    readLog: async (bucket, key) => (await readFile(ctx, bucket, key))?.bytes,
    publicKey: async (fingerprint) => {
      keys ??= publicKeys(ctx, new Date(fromMs), new Date(toMs + KEYS_LATER_MS));
      return (await keys).get(fingerprint);
    },
  };
}

async function publicKeys(ctx: Context, StartTime: Date, EndTime: Date): Promise<Map<string, Uint8Array>> {
  const { items } = await collectPages(async (NextToken) => {
    const page = await ctx.aws.cloudTrail.send(new ListPublicKeysCommand({ StartTime, EndTime, NextToken }));
    return { items: page.PublicKeyList, next: page.NextToken };
  });
  return new Map(items.flatMap(({ Fingerprint, Value }) => (Fingerprint && Value ? [[Fingerprint, Value]] : [])));
}

function wholeSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
