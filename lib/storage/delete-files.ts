import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { changeEach } from './change-each';
import { type ChangedFile, DeleteFiles } from './change-schemas';
import { findCurrent } from './find-current';
import { removeFile } from './remove-file';
import { zoneBucket } from './zone-bucket';

/** Deletes files by a delete marker each: every version stays, and each file can come back. */
export async function deleteFiles(ctx: Context, raw: DeleteFiles): Promise<ChangedFile[]> {
  requirePermission(ctx, 'files:delete');
  const { changeId, zone, files } = DeleteFiles.parse(raw);
  const bucket = zoneBucket(await getLake(), zone);
  return changeEach(ctx, { action: 'files.delete', bucket, files }, async ({ key }) => {
    const current = await findCurrent(ctx.aws.s3, bucket, key);
    if (!current) return 'gone';
    await removeFile(ctx, { changeId, action: 'files.delete', place: { bucket, key }, current });
    return 'deleted';
  });
}
