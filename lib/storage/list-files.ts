import 'server-only';
import { type _Object, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { type FileEntry, type FilePage, ListFiles } from './schemas';
import { zoneBucket } from './zone-bucket';

const PAGE_FILES = 200;

/**
 * Returns the folders and files one level below a prefix, in key order, a page at a time; with `search` only those whose
 * names begin like it. S3 seeks to the prefix, so that neither the folder's size nor the bucket's matters.
 */
export async function listFiles(ctx: Context, raw: ListFiles): Promise<FilePage> {
  requirePermission(ctx, 'files:read');
  const { zone, prefix, search, nextToken } = ListFiles.parse(raw);
  const bucket = zoneBucket(await getLake(), zone);
  const page = await ctx.aws.s3.send(
    new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix + search,
      Delimiter: '/',
      MaxKeys: PAGE_FILES,
      ContinuationToken: nextToken,
    }),
  );
  return {
    bucket,
    prefix,
    folders: (page.CommonPrefixes ?? []).flatMap((folder) => (folder.Prefix ? [folder.Prefix] : [])),
    files: (page.Contents ?? []).map((object) => fileEntry(object, prefix)),
    ...(page.NextContinuationToken ? { nextToken: page.NextContinuationToken } : {}),
  };
}

function fileEntry({ Key = '', Size, LastModified, StorageClass }: _Object, prefix: string): FileEntry {
  return {
    key: Key,
    name: Key.slice(prefix.length),
    sizeBytes: Size ?? 0,
    modifiedAt: LastModified?.getTime() ?? 0,
    storageClass: StorageClass ?? 'STANDARD',
  };
}
