import 'server-only';
import { ListPartsCommand } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { MAX_PARTS, type UploadedPart, UploadRef } from './schemas';

/** Returns the parts that S3 holds of an unfinished upload; throws NOT_FOUND when it was completed or given up. */
export async function listParts(ctx: Context, raw: UploadRef): Promise<UploadedPart[]> {
  requirePermission(ctx, 'files:upload');
  const { key, uploadId } = UploadRef.parse(raw);
  const { rawBucket } = await getLake();
  const { items } = await collectPages(async (marker) => {
    const page = await ctx.aws.s3.send(
      new ListPartsCommand({ Bucket: rawBucket, Key: key, UploadId: uploadId, PartNumberMarker: marker }),
    );
    return { items: page.Parts, next: page.IsTruncated ? page.NextPartNumberMarker : undefined };
  }, MAX_PARTS);
  return items.map((part) => ({
    number: part.PartNumber ?? 0,
    etag: part.ETag ?? '',
    sizeBytes: part.Size ?? 0,
    ...(part.ChecksumCRC64NVME ? { crc64: part.ChecksumCRC64NVME } : {}),
  }));
}
