import { defineRoute } from '@/lib/http';
import { copyFiles } from '@/lib/storage';
import type { CopyFiles } from '@/lib/storage/change-schemas';
import { jsonBody } from '../../json-body';

export const POST = defineRoute(async (ctx, { request }) => copyFiles(ctx, await jsonBody<CopyFiles>(request)), {
  action: 'files.copy',
});
