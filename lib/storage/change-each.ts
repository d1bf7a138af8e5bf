import 'server-only';
import { recordRefusal } from '@/lib/audit';
import type { Context } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { withLimit } from '@/lib/aws/with-limit';
import { reportError } from '@/lib/error-report';
import type { ChangedFile } from './change-schemas';

const FILES_AT_ONCE = 8;

/** Changes file by file: one that cannot be changed does not hold the others up, and each has an outcome of its own. */
export function changeEach<T extends { key: string }>(
  ctx: Context,
  { action, bucket, files }: { action: string; bucket: string; files: readonly T[] },
  change: (file: T) => Promise<ChangedFile['outcome']>,
): Promise<ChangedFile[]> {
  return withLimit(files, FILES_AT_ONCE, async (file) => {
    try {
      return { key: file.key, outcome: await change(file) };
    } catch (error) {
      await recordRefusal(ctx, { action, input: () => ({ key: `s3://${bucket}/${file.key}` }) }, error);
      // Somebody wrote between our look and our write: S3 refused, and nothing was lost.
      if (toAppError(error).code === 'CONFLICT') return { key: file.key, outcome: 'changed' };
      return { key: file.key, outcome: 'failed', error: await reportError(error, ctx.requestId) };
    }
  });
}
