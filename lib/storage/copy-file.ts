import 'server-only';
import { recordAudit } from '@/lib/audit';
import type { Context } from '@/lib/auth';
import { copyObject, type ObjectPlace } from './copy-object';
import { type CurrentObject, findCurrent } from './find-current';

export interface FileCopy {
  changeId: string;
  action: 'files.copy' | 'files.move';
  from: ObjectPlace;
  to: ObjectPlace;
  /** See CopyFiles. */
  seen?: string | null | undefined;
}

/** Copies one file and records it; returns the source as it was copied, or why nothing was done. */
export async function copyFile(
  ctx: Context,
  { changeId, action, from, to, seen }: FileCopy,
): Promise<CurrentObject | 'gone' | 'changed' | 'unchanged'> {
  if (from.bucket === to.bucket && from.key === to.key) return 'unchanged';
  const { s3 } = ctx.aws;
  const [source, target] = await Promise.all([
    findCurrent(s3, from.bucket, from.key),
    findCurrent(s3, to.bucket, to.key),
  ]);
  if (!source) return 'gone';
  const before = target?.versionId ?? null;
  if (seen !== undefined && before !== seen) return 'changed';
  const versionId = await copyObject(s3, {
    from: { ...from, versionId: source.versionId },
    to,
    ...(target ? { ifMatch: target.etag } : { ifNoneMatch: '*' }),
  });
  await recordAudit(ctx, {
    action,
    subject: `s3://${to.bucket}/${to.key}`,
    details: { changeId, versionId, before, from: `s3://${from.bucket}/${from.key}` },
  });
  return source;
}
