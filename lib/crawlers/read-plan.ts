import 'server-only';
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { Context } from '@/lib/auth';
import { collectPages } from '@/lib/aws/paginate';
import { withLimit } from '@/lib/aws/with-limit';
import { classifyFile } from '@/lib/languages/crawl/classify-file.ts';
import { type CrawlPlan, reason } from '@/lib/languages/crawl/crawl-plan.ts';
import { type CrawlScope, planCrawl, selectObjects } from '@/lib/languages/crawl/plan-crawl.ts';
import { readHead } from '@/lib/languages/crawl/read-head.ts';

const OBJECTS_MAX = 20_000;
const FILES_PER_FOLDER = 10;
const FILES_MAX = 150;
const READ_AT_ONCE = 8;

/** Lists what is below a prefix, reads the starts of some files, and plans what a crawl would make of them. */
export async function readPlan({ aws }: Context, scope: CrawlScope): Promise<CrawlPlan> {
  const { items, isTruncated } = await collectPages(async (token) => {
    const page = await aws.s3.send(
      new ListObjectsV2Command({ Bucket: scope.bucket, Prefix: scope.prefix, ContinuationToken: token }),
    );
    return { items: page.Contents, next: page.NextContinuationToken };
  }, OBJECTS_MAX);
  const objects = items.map(({ Key = '', Size = 0 }) => ({ key: Key, sizeBytes: Size }));
  const selection = selectObjects(scope, objects, FILES_PER_FOLDER, FILES_MAX);
  const read = await withLimit(selection.sample, READ_AT_ONCE, async (object) => {
    const head = await readHead(object, (start, end) => readRange(aws.s3, scope.bucket, object.key, start, end));
    return [object.key, classifyFile(head, object.sizeBytes, scope.classifiers ?? [])] as const;
  });
  const plan = planCrawl(scope, selection, new Map(read));
  return isTruncated ? { ...plan, reasons: [...plan.reasons, reason('listedPart', { count: objects.length })] } : plan;
}

async function readRange(s3: S3Client, Bucket: string, Key: string, start: number, end: number): Promise<Uint8Array> {
  if (end <= start) return new Uint8Array();
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, Range: `bytes=${start}-${end - 1}` }));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}
