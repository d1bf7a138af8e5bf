import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { changeEach } from './change-each';
import { type ChangedFile, MoveFiles } from './change-schemas';
import { copyFile } from './copy-file';
import { removeFile } from './remove-file';
import { zoneBucket } from './zone-bucket';

/**
 * Moves files into the raw zone, or within it: S3 knows no move, so it is a copy and then a delete marker, put only where
 * the source still is what was copied. Cut off in between, the file is in both places and nothing is lost.
 */
export async function moveFiles(ctx: Context, raw: MoveFiles): Promise<ChangedFile[]> {
  requirePermission(ctx, 'files:upload');
  requirePermission(ctx, 'files:delete');
  const { changeId, zone, files } = MoveFiles.parse(raw);
  const lake = await getLake();
  const bucket = zoneBucket(lake, zone);
  const change = { changeId, action: 'files.move' } as const;
  return changeEach(ctx, { action: 'files.move', bucket, files }, async ({ key, to, seen }) => {
    const from = { bucket, key };
    const source = await copyFile(ctx, { ...change, from, to: { bucket: lake.rawBucket, key: to }, seen });
    if (typeof source === 'string') return source;
    try {
      await removeFile(ctx, { ...change, place: from, current: source, to: `s3://${lake.rawBucket}/${to}` });
      return 'moved';
    } catch (error) {
      if (toAppError(error).code === 'CONFLICT') return 'kept';
      throw error;
    }
  });
}
