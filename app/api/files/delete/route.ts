import { defineRoute } from '@/lib/http';
import { deleteFiles } from '@/lib/storage';
import type { DeleteFiles } from '@/lib/storage/change-schemas';
import { jsonBody } from '../../json-body';

export const POST = defineRoute(async (ctx, { request }) => deleteFiles(ctx, await jsonBody<DeleteFiles>(request)), {
  action: 'files.delete',
});
