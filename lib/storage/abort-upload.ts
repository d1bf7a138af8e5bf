import 'server-only';
import { AbortMultipartUploadCommand, NoSuchUpload } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { UploadRef } from './schemas';

/** Gives an unfinished upload up: S3 forgets the parts it has. */
export async function abortUpload(ctx: Context, raw: UploadRef): Promise<void> {
  requirePermission(ctx, 'files:upload');
  const { key, uploadId } = UploadRef.parse(raw);
  const { rawBucket } = await getLake();
  const command = new AbortMultipartUploadCommand({ Bucket: rawBucket, Key: key, UploadId: uploadId });
  await ctx.aws.s3.send(command).catch((error: unknown) => {
    // It is what was wanted: completed elsewhere, given up before, or swept by the bucket's rule.
    if (!(error instanceof NoSuchUpload)) throw error;
  });
}
