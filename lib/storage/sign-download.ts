import 'server-only';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { attachment } from './attachment';
import { SignDownload } from './schemas';
import { zoneBucket } from './zone-bucket';

const VALID_SECONDS = 300;

/** Returns an address at which the browser saves one file; valid for five minutes, as this person and no other. */
export async function signDownload(ctx: Context, raw: SignDownload): Promise<string> {
  requirePermission(ctx, 'files:download');
  const { zone, key, versionId } = SignDownload.parse(raw);
  const command = new GetObjectCommand({
    Bucket: zoneBucket(await getLake(), zone),
    Key: key,
    VersionId: versionId,
    ResponseContentDisposition: attachment(key.split('/').at(-1) ?? key),
  });
  return getSignedUrl(ctx.aws.s3, command, { expiresIn: VALID_SECONDS });
}
