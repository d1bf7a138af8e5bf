import { planFolder } from '@/lib/crawlers';
import type { PlanSource } from '@/lib/crawlers/schemas';
import { defineRoute, jsonLines } from '@/lib/http';
import { jsonBody } from '../../json-body';

/** A line now and then while the files are read, then the plan; whoever stops listening stops the reading. */
export const POST = defineRoute(async (ctx, { request }) =>
  jsonLines(ctx, planFolder(ctx, await jsonBody<PlanSource>(request))),
);
