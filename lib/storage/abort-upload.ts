import 'server-only';
import { AbortMultipartUploadCommand } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { UploadRef } from './schemas';

/** Gives an unfinished upload up: S3 forgets the parts it has. */
export async function abortUpload(ctx: Context, raw: UploadRef): Promise<void> {
  requirePermission(ctx, 'files:upload');
  const { key, uploadId } = UploadRef.parse(raw);
  const { rawBucket } = await getLake();
  await ctx.aws.s3.send(new AbortMultipartUploadCommand({ Bucket: rawBucket, Key: key, UploadId: uploadId }));
}
