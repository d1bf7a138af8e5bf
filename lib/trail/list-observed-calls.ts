import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake, type Lake } from '@/lib/aws/lake';
import { withLimit } from '@/lib/aws/with-limit';
import { observedCalls } from '@/lib/languages/cloudtrail/observed-calls.ts';
import type { TrailRecord } from '@/lib/languages/cloudtrail/record.ts';
import type { ObservedCall } from '@/lib/languages/iam-policy/observed-call.ts';
import { daysBack, listLogsOfDay, readRecords, trailPlaces } from './log-files';
import { ListObservedCalls } from './schemas';

const DAY_MS = 24 * 3_600_000;
const READS_AT_ONCE = 16;
/** The newest ones: a laptop's busy fortnight, some months of a small lake on AWS. */
const FILES_MAX = 10_000;

/** Returns what roles, or one of them, have asked for in the last days, as the trail has it. */
export async function listObservedCalls(ctx: Context, raw: ListObservedCalls): Promise<ObservedCall[]> {
  requirePermission(ctx, 'audit:read');
  const { roleName, days } = ListObservedCalls.parse(raw);
  const lake = await getLake();
  const keys = await newestKeys(ctx, lake, Date.now() - days * DAY_MS);
  const isWanted = ({ userIdentity }: TrailRecord) =>
    userIdentity.type === 'AssumedRole' &&
    (roleName === undefined || userIdentity.sessionContext?.sessionIssuer?.userName === roleName);
  const read = await withLimit(keys, READS_AT_ONCE, async (key) =>
    (await readRecords(ctx, lake, key)).filter(isWanted),
  );
  return observedCalls(read.flat());
}

async function newestKeys(ctx: Context, lake: Lake, fromMs: number): Promise<string[]> {
  const keys: string[] = [];
  for (const day of daysBack(fromMs, Date.now())) {
    const listed = await Promise.all(trailPlaces(lake).map((place) => listLogsOfDay(ctx, lake, place, day)));
    const files = listed.flat().filter(({ storedAtMs }) => storedAtMs >= fromMs);
    keys.push(...files.map(({ key }) => key).toReversed());
    if (keys.length >= FILES_MAX) break;
  }
  return keys.slice(0, FILES_MAX);
}
