import 'server-only';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { type FilePage, ListFiles } from './schemas';
import { zoneBucket } from './zone-bucket';

const PAGE_FILES = 200;

/** Returns the folders and files one level below a prefix, in key order, a page at a time. */
export async function listFiles(ctx: Context, raw: ListFiles): Promise<FilePage> {
  requirePermission(ctx, 'files:read');
  const { zone, prefix, nextToken } = ListFiles.parse(raw);
  const bucket = zoneBucket(await getLake(), zone);
  const page = await ctx.aws.s3.send(
    new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      Delimiter: '/',
      MaxKeys: PAGE_FILES,
      ContinuationToken: nextToken,
    }),
  );
  const files = (page.Contents ?? []).filter((object) => object.Key !== prefix);
  return {
    bucket,
    prefix,
    folders: (page.CommonPrefixes ?? []).flatMap((folder) => (folder.Prefix ? [folder.Prefix] : [])),
    files: files.map((object) => ({
      key: object.Key ?? '',
      name: (object.Key ?? '').slice(prefix.length),
      sizeBytes: object.Size ?? 0,
      modifiedAt: object.LastModified?.getTime() ?? 0,
    })),
    ...(page.NextContinuationToken ? { nextToken: page.NextContinuationToken } : {}),
  };
}
