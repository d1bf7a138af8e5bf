import { defineRoute } from '@/lib/http';
import { completeUpload } from '@/lib/storage';
import type { CompleteUpload } from '@/lib/storage/schemas';
import { jsonBody } from '../../json-body';

export const POST = defineRoute(
  async (ctx, { request }) => completeUpload(ctx, await jsonBody<CompleteUpload>(request)),
  { action: 'files.upload' },
);
