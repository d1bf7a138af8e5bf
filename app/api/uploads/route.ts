import { defineRoute } from '@/lib/http';
import { abortUpload, createUpload, listOpenUploads } from '@/lib/storage';
import type { CreateUpload, UploadRef } from '@/lib/storage/schemas';
import { jsonBody } from '../json-body';

export const GET = defineRoute((ctx) => listOpenUploads(ctx));

export const POST = defineRoute(async (ctx, { request }) => createUpload(ctx, await jsonBody<CreateUpload>(request)), {
  action: 'files.startUpload',
});

export const DELETE = defineRoute(
  async (ctx, { request }) => {
    await abortUpload(ctx, await jsonBody<UploadRef>(request));
    return {};
  },
  { action: 'files.abortUpload' },
);
