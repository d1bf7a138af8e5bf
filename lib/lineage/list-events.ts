import 'server-only';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Context } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { lineagePrefix } from '@/lib/languages/openlineage/pipeline-event.ts';
import { RunEvent } from '@/lib/languages/openlineage/run-event.ts';

export interface EventKey {
  key: string;
  at: number;
  runId: string;
  type: RunEvent['eventType'];
}

const DAY_MS = 86_400_000;
/** How far back is looked, until there is something: S3 lists the oldest first, and most datasets run every day. */
const WINDOWS_DAYS = [2, 30, 400, Number.POSITIVE_INFINITY];
const ENOUGH = 20;

/** Keys of a dataset's newest events, oldest first: at least those of the last days, all where there are few. */
export async function listNewestEvents(ctx: Context, dataset: string, now = Date.now()): Promise<EventKey[]> {
  let found: EventKey[] = [];
  for (const days of WINDOWS_DAYS) {
    const since = Number.isFinite(days) ? new Date(now - days * DAY_MS).toISOString() : '';
    found = await listEvents(ctx, dataset, since);
    if (found.length >= ENOUGH) break;
  }
  return found;
}

/** `since` is ISO 8601, or empty for all. */
export async function listEvents(ctx: Context, dataset: string, since: string): Promise<EventKey[]> {
  const { resultsBucket } = await getLake();
  const prefix = lineagePrefix(dataset);
  const { items } = await collectPages(async (token) => {
    const page = await ctx.aws.s3.send(
      new ListObjectsV2Command({
        Bucket: resultsBucket,
        Prefix: prefix,
        ...(token ? { ContinuationToken: token } : since && { StartAfter: `${prefix}${since}` }),
      }),
    );
    return { items: page.Contents, next: page.NextContinuationToken };
  });
  return items.flatMap(({ Key = '' }) => parseKey(Key) ?? []);
}

/** `lineage/events/sales/2026-03-01T10:00:07.000Z-<run id>-COMPLETE.json` */
function parseKey(key: string): EventKey | undefined {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const [, at = '', runId = '', type = ''] = /^(.+Z)-([0-9a-f-]{36})-([A-Z]+)\.json$/.exec(name) ?? [];
  const moment = Date.parse(at);
  const known = RunEvent.shape.eventType.safeParse(type);
  return known.success && !Number.isNaN(moment) ? { key, at: moment, runId, type: known.data } : undefined;
}

/** Undefined for what is no event: whoever put it there, the others are still worth showing. */
export async function readEvent(ctx: Context, key: string): Promise<RunEvent | undefined> {
  const { resultsBucket } = await getLake();
  const { Body } = await ctx.aws.s3.send(new GetObjectCommand({ Bucket: resultsBucket, Key: key }));
  try {
    return RunEvent.safeParse(JSON.parse((await Body?.transformToString()) ?? '')).data;
  } catch {
    return undefined;
  }
}
