import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { withLimit } from '@/lib/aws/with-limit';
import { type CurrentFile, ListCurrent } from './change-schemas';
import { findCurrent } from './find-current';
import { zoneBucket } from './zone-bucket';

const FILES_AT_ONCE = 16;

/** Returns what each key holds now: asked before files are put there. */
export async function listCurrent(ctx: Context, raw: ListCurrent): Promise<CurrentFile[]> {
  requirePermission(ctx, 'files:read');
  const { zone, keys } = ListCurrent.parse(raw);
  const bucket = zoneBucket(await getLake(), zone);
  return withLimit(keys, FILES_AT_ONCE, async (key) => {
    const current = await findCurrent(ctx.aws.s3, bucket, key);
    return { key, versionId: current?.versionId ?? null, sizeBytes: current?.sizeBytes ?? 0 };
  });
}
