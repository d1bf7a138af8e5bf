import { defineRoute } from '@/lib/http';
import { moveFiles } from '@/lib/storage';
import type { MoveFiles } from '@/lib/storage/change-schemas';
import { jsonBody } from '../../json-body';

export const POST = defineRoute(async (ctx, { request }) => moveFiles(ctx, await jsonBody<MoveFiles>(request)), {
  action: 'files.move',
});
