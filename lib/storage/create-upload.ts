import 'server-only';
import { CreateMultipartUploadCommand } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { objectKey } from './object-key';
import { CreateUpload, partCount, partSizeBytes, type StartedUpload } from './schemas';
import { signPartUrls } from './sign-parts';

/** As many part addresses as go with the first answer: enough for most files, cheap for all. */
const SIGNED_AT_ONCE = 50;

/** Begins a multipart upload to the raw zone; the browser sends the parts to the addresses it gets. */
export async function createUpload(ctx: Context, raw: CreateUpload): Promise<StartedUpload> {
  requirePermission(ctx, 'files:upload');
  const input = CreateUpload.parse(raw);
  const { rawBucket } = await getLake();
  const key = objectKey(input.dataset, input.path);
  const { UploadId: uploadId } = await ctx.aws.s3.send(
    new CreateMultipartUploadCommand({
      Bucket: rawBucket,
      Key: key,
      ContentType: input.contentType || 'application/octet-stream',
      // One checksum over all bytes, which the browser makes too and S3 compares at the end: it can be made of the
      // parts' in any order. https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
      ChecksumAlgorithm: 'CRC64NVME',
      ChecksumType: 'FULL_OBJECT',
    }),
  );
  if (!uploadId) throw new AppError('UNAVAILABLE', `S3 began no upload of ${key}. Try again.`);
  const partBytes = partSizeBytes(input.sizeBytes);
  const count = Math.min(partCount(input.sizeBytes, partBytes), SIGNED_AT_ONCE);
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return {
    key,
    uploadId,
    partSizeBytes: partBytes,
    urls: await signPartUrls(ctx, rawBucket, { key, uploadId, numbers }),
  };
}
