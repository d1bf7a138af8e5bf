import { defineRoute, jsonLines } from '@/lib/http';
import { keepPastTables } from '@/lib/query';
import type { RunQuery } from '@/lib/query/schemas';
import { jsonBody } from '../../../json-body';

/** A line for each step of the copying; whoever stops listening stops it. */
export const POST = defineRoute(async (ctx, { request }) => {
  const input = await jsonBody<RunQuery>(request);
  return jsonLines(ctx, keepPastTables(ctx, input), { action: 'queries.keepPast', input: () => input });
});
