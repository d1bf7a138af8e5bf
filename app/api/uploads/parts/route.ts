import { defineRoute } from '@/lib/http';
import { listParts, signParts } from '@/lib/storage';
import type { SignParts } from '@/lib/storage/schemas';
import { jsonBody } from '../../json-body';

export const GET = defineRoute((ctx, { query }) =>
  listParts(ctx, { key: query.key ?? '', uploadId: query.uploadId ?? '' }),
);

export const POST = defineRoute(async (ctx, { request }) => signParts(ctx, await jsonBody<SignParts>(request)));
