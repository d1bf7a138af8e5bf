import 'server-only';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { recordAudit, recordRefusal } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { withLimit } from '@/lib/aws/with-limit';
import { reportError } from '@/lib/error-report';
import { copyObject } from './copy-object';
import { findCurrent } from './find-current';
import { type RestoredFile, RestoreFiles } from './schemas';
import { zoneBucket } from './zone-bucket';

const FILES_AT_ONCE = 8;

/**
 * Makes each key what it was in one of its versions, or absent, by rolling forward: a new version with the old one's
 * bytes, or a delete marker. No version goes away, so each restore can itself be undone. One file that cannot be
 * restored does not hold the others up: each has an outcome of its own.
 */
export async function restoreFiles(ctx: Context, raw: RestoreFiles): Promise<RestoredFile[]> {
  requirePermission(ctx, 'files:restore');
  const { zone, files, undoes } = RestoreFiles.parse(raw);
  if (files.some(({ versionId }) => versionId === null)) requirePermission(ctx, 'files:delete');
  const bucket = zoneBucket(await getLake(), zone);
  return withLimit(files, FILES_AT_ONCE, async (file) => {
    try {
      return await restore(ctx, bucket, file, undoes === undefined ? {} : { undoes });
    } catch (error) {
      const subject = `s3://${bucket}/${file.key}`;
      await recordRefusal(ctx, { action: 'files.restore', input: () => ({ key: subject }) }, error);
      // Somebody wrote between our look and our write: S3 refused, and nothing was lost.
      if (toAppError(error).code === 'CONFLICT') return { key: file.key, outcome: 'changed' };
      return { key: file.key, outcome: 'failed', error: await reportError(error, ctx.requestId) };
    }
  });
}

type Wanted = ReturnType<(typeof RestoreFiles)['parse']>['files'][number];

async function restore(
  ctx: Context,
  bucket: string,
  { key, versionId, seen }: Wanted,
  why: { undoes?: string },
): Promise<RestoredFile> {
  const current = await findCurrent(ctx.aws.s3, bucket, key);
  if (seen !== undefined && (current?.versionId ?? null) !== seen) return { key, outcome: 'changed' };
  if ((current?.versionId ?? null) === versionId) return { key, outcome: 'unchanged' };
  const subject = `s3://${bucket}/${key}`;
  if (versionId === null) {
    const marker = await ctx.aws.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, IfMatch: current?.etag }));
    const made = marker.VersionId ?? 'null';
    await recordAudit(ctx, { action: 'files.delete', subject, details: { versionId: made, ...why } });
    return { key, outcome: 'deleted', versionId: made };
  }
  const made = await copyObject(ctx.aws.s3, {
    from: { bucket, key, versionId },
    to: { bucket, key },
    ...(current ? { ifMatch: current.etag } : { ifNoneMatch: '*' }),
  });
  await recordAudit(ctx, {
    action: 'files.restore',
    subject,
    details: { versionId: made, fromVersionId: versionId, ...why },
  });
  return { key, outcome: 'restored', versionId: made };
}
