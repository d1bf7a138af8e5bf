import { defineRoute } from '@/lib/http';
import { listPastTables } from '@/lib/query';
import type { RunQuery } from '@/lib/query/schemas';
import { jsonBody } from '../../json-body';

export const POST = defineRoute(async (ctx, { request }) => listPastTables(ctx, await jsonBody<RunQuery>(request)));
