import 'server-only';
import { ListMultipartUploadsCommand, type MultipartUpload } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { sessionName } from '@/lib/aws/assume-role';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { listParts } from './list-parts';
import type { OpenUpload, OpenUploads } from './schemas';

/** Each is asked for its parts: more than these nobody reads in a list. */
const SHOWN_MAX = 100;
const LISTED_MAX = 5_000;

/** Returns the uploads to the raw zone that this person began and that are neither complete nor given up, newest first. */
export async function listOpenUploads(ctx: Context): Promise<OpenUploads> {
  requirePermission(ctx, 'files:upload');
  const { rawBucket } = await getLake();
  const { items, isTruncated } = await collectPages<MultipartUpload>(async (token) => {
    const [keyMarker, uploadIdMarker] = token ? (JSON.parse(token) as [string, string]) : [];
    const page = await ctx.aws.s3.send(
      new ListMultipartUploadsCommand({ Bucket: rawBucket, KeyMarker: keyMarker, UploadIdMarker: uploadIdMarker }),
    );
    const next = page.IsTruncated ? JSON.stringify([page.NextKeyMarker, page.NextUploadIdMarker]) : undefined;
    return { items: page.Uploads, next };
  }, LISTED_MAX);
  const mine = items.filter((upload) => isOf(upload, ctx.user.email)).sort((a, b) => begunAt(b) - begunAt(a));
  const uploads = await Promise.all(mine.slice(0, SHOWN_MAX).map((upload) => describeUpload(ctx, upload)));
  return {
    bucket: rawBucket,
    uploads: uploads.filter((upload) => upload !== undefined),
    isTruncated: isTruncated || mine.length > SHOWN_MAX,
  };
}

/** S3 names who began it by the ARN of the session, `…:assumed-role/<role>/<session>`: the role may have changed since. */
function isOf({ Initiator }: MultipartUpload, email: string): boolean {
  return Initiator?.ID?.split('/').at(-1) === sessionName(email);
}

const begunAt = ({ Initiated }: MultipartUpload) => Initiated?.getTime() ?? 0;

async function describeUpload(ctx: Context, upload: MultipartUpload): Promise<OpenUpload | undefined> {
  const ref = { key: upload.Key ?? '', uploadId: upload.UploadId ?? '' };
  // One that ended since it was listed is no longer open.
  const parts = await listParts(ctx, ref).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'NoSuchUpload') return undefined;
    throw error;
  });
  if (!parts) return undefined;
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  return { ...ref, begunAt: begunAt(upload), partCount: parts.length, sizeBytes };
}
