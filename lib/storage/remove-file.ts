import 'server-only';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { recordAudit } from '@/lib/audit';
import type { Context } from '@/lib/auth';
import type { ObjectPlace } from './copy-object';
import type { CurrentObject } from './find-current';

export interface FileRemoval {
  changeId: string;
  action: 'files.move' | 'files.delete';
  place: ObjectPlace;
  /** Only this is taken away; if the key holds another object by then, S3 refuses. */
  current: CurrentObject;
  /** Where it was moved to. */
  to?: string;
}

/** Puts a delete marker over one file, and records what it hides. */
export async function removeFile(ctx: Context, { changeId, action, place, current, to }: FileRemoval): Promise<void> {
  const { VersionId } = await ctx.aws.s3.send(
    new DeleteObjectCommand({ Bucket: place.bucket, Key: place.key, IfMatch: current.etag }),
  );
  await recordAudit(ctx, {
    action,
    subject: `s3://${place.bucket}/${place.key}`,
    details: {
      changeId,
      versionId: VersionId ?? 'null',
      before: current.versionId,
      isDeleted: true,
      ...(to === undefined ? {} : { to }),
    },
  });
}
