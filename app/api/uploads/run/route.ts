import { defineRoute } from '@/lib/http';
import { findRunOfFile } from '@/lib/runs';

/** Asked again and again after an upload: the run has no record until its first step has looked at the file. */
export const GET = defineRoute(async (ctx, { query }) => {
  const run = await findRunOfFile(ctx, { key: query.key ?? '', versionId: query.versionId ?? '' });
  return { run: run ?? null };
});
