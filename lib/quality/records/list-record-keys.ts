import 'server-only';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Context } from '@/lib/auth';
import { collectPages } from '@/lib/aws/paginate';
import { withLimit } from '@/lib/aws/with-limit';
import { qualityPrefix } from '@/lib/languages/quality/evaluation.ts';

const ROOT = `${qualityPrefix}evaluations/`;
const LISTS_AT_ONCE = 8;
/**
 * A key begins with when its evaluation began, and a long one is written behind a short one that began later: the
 * function that evaluates has a quarter of an hour.
 */
const OVERLAP_MS = 30 * 60_000;

/** Returns the keys of records that may be new: of each table those since its last known one, and a little before. */
export async function listRecordKeys(
  ctx: Context,
  bucket: string,
  lastOf: (database: string, table: string) => Date | undefined,
): Promise<string[]> {
  const databases = await listFolders(ctx, bucket, ROOT);
  const tables = (await withLimit(databases, LISTS_AT_ONCE, (folder) => listFolders(ctx, bucket, folder))).flat();
  const keys = await withLimit(tables, LISTS_AT_ONCE, (folder) => {
    const [database = '', table = ''] = folder.slice(ROOT.length).split('/');
    const last = lastOf(database, table);
    return listKeys(ctx, bucket, {
      folder,
      ...(last ? { after: new Date(last.getTime() - OVERLAP_MS).toISOString() } : {}),
    });
  });
  return keys.flat();
}

async function listFolders(ctx: Context, bucket: string, prefix: string): Promise<string[]> {
  const { items } = await collectPages(async (token) => {
    const page = await ctx.aws.s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: '/', ContinuationToken: token }),
    );
    return { items: page.CommonPrefixes, next: page.NextContinuationToken };
  });
  return items.flatMap(({ Prefix }) => Prefix ?? []);
}

async function listKeys(ctx: Context, bucket: string, { folder, after }: { folder: string; after?: string }) {
  const { items } = await collectPages(async (token) => {
    const page = await ctx.aws.s3.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: folder,
        StartAfter: after && `${folder}${after}`,
        ContinuationToken: token,
      }),
    );
    return { items: page.Contents, next: page.NextContinuationToken };
  });
  return items.flatMap(({ Key }) => Key ?? []);
}
