import 'server-only';
import { GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake, type Lake } from '@/lib/aws/lake';
import { daysBack, listLogsOfDay, readRecords, trailPlaces } from './log-files';
import type { TrailStatus } from './schemas';

/** What AWS promises, where nothing was delivered yet that would tell: https://aws.amazon.com/cloudtrail/faqs/ */
const DELAY_SECONDS = 300;
const DELAY_SECONDS_MAX = 900;

/** Returns whether calls are recorded, whether the files can be delivered, and how long that takes. */
export async function getTrailStatus(ctx: Context): Promise<TrailStatus> {
  requirePermission(ctx, 'audit:read');
  const lake = await getLake();
  const status = await ctx.aws.cloudTrail.send(new GetTrailStatusCommand({ Name: lake.trailName }));
  const { LatestDeliveryTime, LatestDigestDeliveryTime, LatestDeliveryError, LatestDigestDeliveryError } = status;
  return {
    trailName: lake.trailName,
    bucket: lake.trailBucket,
    isLogging: status.IsLogging ?? false,
    deliveredAt: LatestDeliveryTime?.toISOString(),
    digestAt: LatestDigestDeliveryTime?.toISOString(),
    deliveryError: LatestDeliveryError || undefined,
    digestError: LatestDigestDeliveryError || undefined,
    delaySeconds: LatestDeliveryTime ? await delaySeconds(ctx, lake, LatestDeliveryTime) : DELAY_SECONDS,
  };
}

/** How long the first record of the newest file waited. */
async function delaySeconds(ctx: Context, lake: Lake, deliveredAt: Date): Promise<number> {
  const [home] = trailPlaces(lake);
  const [day = deliveredAt] = daysBack(deliveredAt.getTime(), deliveredAt.getTime());
  const newest = (await listLogsOfDay(ctx, lake, home, day)).reduce(
    (best, file) => (file.storedAtMs > best.storedAtMs ? file : best),
    { key: '', storedAtMs: 0 },
  );
  if (newest.key === '') return DELAY_SECONDS;
  const times = (await readRecords(ctx, lake, newest.key)).map(({ eventTime }) => Date.parse(eventTime));
  const seconds = Math.ceil((newest.storedAtMs - Math.min(newest.storedAtMs, ...times)) / 1000);
  return Math.min(Math.max(seconds, 1), DELAY_SECONDS_MAX);
}
