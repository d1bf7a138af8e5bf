import 'server-only';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Context } from '@/lib/auth';
import { collectPages } from '@/lib/aws/paginate';
import { withLimit } from '@/lib/aws/with-limit';
import { classifyFile } from '@/lib/languages/crawl/classify-file.ts';
import { type CrawlPlan, reason } from '@/lib/languages/crawl/crawl-plan.ts';
import { type CrawlScope, planCrawl, type Selection, selectObjects } from '@/lib/languages/crawl/plan-crawl.ts';
import { readHead } from '@/lib/languages/crawl/read-head.ts';
import type { PlanReading } from './plan-reading';

const OBJECTS_MAX = 20_000;
const FILES_PER_FOLDER = 10;
const FILES_MAX = 150;
const READ_AT_ONCE = 8;

/** Lists what is below a prefix, and says which of its files are to be read. */
export async function selectFiles({ aws }: Context, scope: CrawlScope, reading: PlanReading): Promise<Selection> {
  const { items, isTruncated } = await collectPages(async (token) => {
    const page = await aws.s3.send(
      new ListObjectsV2Command({ Bucket: scope.bucket, Prefix: scope.prefix, ContinuationToken: token }),
      { abortSignal: reading.signal },
    );
    reading.listed(page.Contents?.length ?? 0);
    return { items: page.Contents, next: page.NextContinuationToken };
  }, OBJECTS_MAX);
  const objects = items.map(({ Key = '', Size = 0 }) => ({ key: Key, sizeBytes: Size }));
  const selection = selectObjects(scope, objects, FILES_PER_FOLDER, FILES_MAX);
  reading.chosen(selection.sample.length);
  if (!isTruncated) return selection;
  return { ...selection, reasons: [...selection.reasons, reason('listedPart', { count: objects.length })] };
}

/** Reads the starts of the chosen files, and plans what a crawl would make of them. */
export async function readPlan(
  ctx: Context,
  scope: CrawlScope,
  selection: Selection,
  reading: PlanReading,
): Promise<CrawlPlan> {
  const read = await withLimit(selection.sample, READ_AT_ONCE, async (object) => {
    reading.signal.throwIfAborted();
    reading.began(`s3://${scope.bucket}/${object.key}`);
    const head = await readHead(object, (start, end) =>
      readRange(ctx, { Bucket: scope.bucket, Key: object.key }, { start, end }, reading),
    );
    const classified = classifyFile(head, object.sizeBytes, scope.classifiers ?? []);
    reading.ended();
    return [object.key, classified] as const;
  });
  return planCrawl(scope, selection, new Map(read));
}

async function readRange(
  { aws }: Context,
  object: { Bucket: string; Key: string },
  { start, end }: { start: number; end: number },
  reading: PlanReading,
): Promise<Uint8Array> {
  if (end <= start) return new Uint8Array();
  const Range = `bytes=${start}-${end - 1}`;
  const { Body } = await aws.s3.send(new GetObjectCommand({ ...object, Range }), { abortSignal: reading.signal });
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  reading.signal.throwIfAborted();
  reading.read(bytes.length);
  return bytes;
}
