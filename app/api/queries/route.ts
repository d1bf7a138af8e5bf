import { defineRoute } from '@/lib/http';
import { runQuery } from '@/lib/query';
import type { RunQuery } from '@/lib/query/schemas';
import { jsonBody } from '../json-body';

export const POST = defineRoute(async (ctx, { request }) => runQuery(ctx, await jsonBody<RunQuery>(request)), {
  action: 'queries.run',
});
