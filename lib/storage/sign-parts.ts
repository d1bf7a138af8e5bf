import 'server-only';
import { UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { type PartUrl, SignParts } from './schemas';

/** Long enough for one part on a poor line; a part that fails asks for a new address anyway. */
const VALID_SECONDS = 3600;

/** Returns addresses to which the browser can send the numbered parts. */
export async function signParts(ctx: Context, raw: SignParts): Promise<PartUrl[]> {
  requirePermission(ctx, 'files:upload');
  const input = SignParts.parse(raw);
  const { rawBucket } = await getLake();
  return signPartUrls(ctx, rawBucket, input);
}

/** Signing asks nobody: it is a hash of the address and the credentials. */
export function signPartUrls(
  ctx: Context,
  bucket: string,
  { key, uploadId, numbers }: { key: string; uploadId: string; numbers: number[] },
): Promise<PartUrl[]> {
  return Promise.all(
    numbers.map(async (number) => {
      const command = new UploadPartCommand({ Bucket: bucket, Key: key, UploadId: uploadId, PartNumber: number });
      return { number, url: await getSignedUrl(ctx.aws.s3, command, { expiresIn: VALID_SECONDS }) };
    }),
  );
}
