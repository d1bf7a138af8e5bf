import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { changeEach } from './change-each';
import { type ChangedFile, CopyFiles } from './change-schemas';
import { copyFile } from './copy-file';
import { zoneBucket } from './zone-bucket';

/** Copies files of any zone into the raw zone; what is there already gets a new version. */
export async function copyFiles(ctx: Context, raw: CopyFiles): Promise<ChangedFile[]> {
  requirePermission(ctx, 'files:upload');
  const { changeId, zone, files } = CopyFiles.parse(raw);
  const lake = await getLake();
  const bucket = zoneBucket(lake, zone);
  return changeEach(ctx, { action: 'files.copy', bucket, files }, async ({ key, to, seen }) => {
    const place = { from: { bucket, key }, to: { bucket: lake.rawBucket, key: to } };
    const copied = await copyFile(ctx, { changeId, action: 'files.copy', ...place, seen });
    return typeof copied === 'string' ? copied : 'copied';
  });
}
