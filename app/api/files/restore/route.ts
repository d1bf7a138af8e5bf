import { defineRoute } from '@/lib/http';
import { restoreFiles } from '@/lib/storage';
import type { RestoreFiles } from '@/lib/storage/schemas';
import { jsonBody } from '../../json-body';

export const POST = defineRoute(async (ctx, { request }) => restoreFiles(ctx, await jsonBody<RestoreFiles>(request)), {
  action: 'files.restore',
});
