import 'server-only';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { type BeneathPage, ListBeneath } from './change-schemas';
import { zoneBucket } from './zone-bucket';

/** Returns the keys and sizes of everything beneath a folder, at any depth, a page of a thousand at a time. */
export async function listBeneath(ctx: Context, raw: ListBeneath): Promise<BeneathPage> {
  requirePermission(ctx, 'files:read');
  const { zone, prefix, nextToken } = ListBeneath.parse(raw);
  const bucket = zoneBucket(await getLake(), zone);
  const page = await ctx.aws.s3.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: nextToken }),
  );
  return {
    files: (page.Contents ?? []).map(({ Key = '', Size = 0 }) => ({ key: Key, sizeBytes: Size })),
    ...(page.NextContinuationToken ? { nextToken: page.NextContinuationToken } : {}),
  };
}
