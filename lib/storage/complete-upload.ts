import 'server-only';
import { CompleteMultipartUploadCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { CompleteUpload } from './schemas';

/**
 * Makes the parts one object, if its bytes are those of the file: S3 compares size and checksum before there is a new
 * version. Its `Object Created` event starts the run, which is found by the version's id.
 */
export async function completeUpload(ctx: Context, raw: CompleteUpload): Promise<{ key: string; versionId: string }> {
  requirePermission(ctx, 'files:upload');
  const { key, uploadId, parts, sizeBytes, crc64 } = CompleteUpload.parse(raw);
  const { rawBucket } = await getLake();
  const command = new CompleteMultipartUploadCommand({
    Bucket: rawBucket,
    Key: key,
    UploadId: uploadId,
    MultipartUpload: { Parts: parts.map((part) => ({ PartNumber: part.number, ETag: part.etag })) },
    MpuObjectSize: sizeBytes,
    ChecksumType: 'FULL_OBJECT',
    ChecksumCRC64NVME: crc64,
  });
  const { VersionId: versionId } = await ctx.aws.s3.send(command).catch((error: unknown) => {
    throw isOtherContent(error) ? contentDiffers(key, error) : error;
  });
  await recordAudit(ctx, {
    action: 'files.upload',
    subject: `s3://${rawBucket}/${key}`,
    details: { versionId: versionId ?? null, sizeBytes, crc64 },
  });
  // A bucket without versions gives none; EventBridge then names none either.
  return { key, versionId: versionId ?? 'null' };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
function isOtherContent(error: unknown): boolean {
  if (!(error instanceof S3ServiceException)) return false;
  return error.name === 'BadDigest' || (error.name === 'InvalidRequest' && /size|checksum/i.test(error.message));
}

function contentDiffers(key: string, cause: unknown): AppError {
  return new AppError('INVALID', `What arrived of ${key} is not what is on the disk: nothing was kept. Send it anew.`, {
    cause,
    reason: 'contentDiffers',
    details: { key },
  });
}
