import 'server-only';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import type { Context } from '@/lib/auth';
import { findSource, openBytes, type ResultSource } from './read-result';
import { ResultSpool } from './result-spool';
import type { RowPlaces } from './result-task';

/** On disk, of one result and of all. */
const RESULT_MAX_BYTES = 2 * 1024 ** 3;
const ALL_MAX_BYTES = 6 * 1024 ** 3;
const RESULTS_MAX = 40;
const VIEWS_MAX = 4;

export interface OpenResult {
  spool: ResultSpool;
  source: ResultSource;
  etag: string | undefined;
  /** The rows of views that were asked for, by the view's text; the least lately asked for goes first. */
  views: Map<string, Promise<RowPlaces>>;
}

const opened = new Map<string, Promise<OpenResult>>();

/**
 * Returns a result on this machine's disk, fetched where nobody has yet. S3 is asked each time, as the person, whether
 * they may read the object and whether it is still the same one: having it here gives nobody more than they hold there.
 */
export async function openResult(ctx: Context, id: string): Promise<OpenResult> {
  const known = await opened.get(id)?.catch(() => undefined);
  if (known && !known.spool.hasFailed && (await isStill(ctx, id, known))) {
    opened.delete(id);
    opened.set(id, Promise.resolve(known));
    return known;
  }
  if (known) forget(id, known);
  const opening = opened.get(id) ?? fetchResult(ctx, id);
  opened.set(id, opening);
  opening.catch(() => opened.get(id) === opening && opened.delete(id));
  const result = await opening;
  await makeRoom();
  return result;
}

async function isStill(ctx: Context, id: string, { source, etag }: OpenResult): Promise<boolean> {
  if (!source.place) return (await findSource(ctx, id)).place === undefined;
  const head = await ctx.aws.s3.send(new HeadObjectCommand({ Bucket: source.place.bucket, Key: source.place.key }));
  return head.ETag === etag;
}

async function fetchResult(ctx: Context, id: string): Promise<OpenResult> {
  const source = await findSource(ctx, id);
  const { place, columns } = source;
  const head = place && (await ctx.aws.s3.send(new HeadObjectCommand({ Bucket: place.bucket, Key: place.key })));
  const bytes = await openBytes(ctx, id, source);
  const hasHeader = place !== undefined;
  const spool = await ResultSpool.start({ columns, hasHeader, bytes, maxBytes: RESULT_MAX_BYTES });
  return { spool, source, etag: head?.ETag, views: new Map() };
}

/** The results that were looked at longest ago go. */
async function makeRoom(): Promise<void> {
  const all = await Promise.all(
    [...opened].map(async ([id, each]) => ({ id, result: await each.catch(() => undefined) })),
  );
  let bytes = all.reduce((sum, { result }) => sum + (result?.spool.sizeBytes ?? 0), 0);
  let left = all.length;
  for (const { id, result } of all.slice(0, -1)) {
    if (bytes <= ALL_MAX_BYTES && left <= RESULTS_MAX) return;
    bytes -= result?.spool.sizeBytes ?? 0;
    left--;
    if (result) forget(id, result);
  }
}

/** A page that is being read of it finishes first: pages take milliseconds. */
const CLOSE_AFTER_MS = 60_000;

function forget(id: string, { spool }: OpenResult): void {
  opened.delete(id);
  setTimeout(() => spool.close().catch(() => undefined), CLOSE_AFTER_MS).unref();
}

/** Keeps the answer of a view, so that its pages are cut of one order. */
export function keepView(result: OpenResult, key: string, make: () => Promise<RowPlaces>): Promise<RowPlaces> {
  const known = result.views.get(key) ?? make();
  result.views.delete(key);
  result.views.set(key, known);
  known.catch(() => result.views.get(key) === known && result.views.delete(key));
  const oldest = result.views.keys().next().value;
  if (result.views.size > VIEWS_MAX && oldest !== undefined) result.views.delete(oldest);
  return known;
}
