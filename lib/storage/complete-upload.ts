import 'server-only';
import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { CompleteUpload } from './schemas';

/** Makes the parts one object. Its `Object Created` event starts the run, which is found by the version's id. */
export async function completeUpload(ctx: Context, raw: CompleteUpload): Promise<{ key: string; versionId: string }> {
  requirePermission(ctx, 'files:upload');
  const { key, uploadId, parts } = CompleteUpload.parse(raw);
  const { rawBucket } = await getLake();
  const { VersionId: versionId } = await ctx.aws.s3.send(
    new CompleteMultipartUploadCommand({
      Bucket: rawBucket,
      Key: key,
      UploadId: uploadId,
      MultipartUpload: { Parts: parts.map((part) => ({ PartNumber: part.number, ETag: part.etag })) },
    }),
  );
  await recordAudit(ctx, {
    action: 'files.upload',
    subject: `s3://${rawBucket}/${key}`,
    details: { versionId: versionId ?? null },
  });
  // A bucket without versions gives none; EventBridge then names none either.
  return { key, versionId: versionId ?? 'null' };
}
