import { defineRoute } from '@/lib/http';
import { estimateQuery } from '@/lib/query';
import type { EstimateQuery } from '@/lib/query/cost/schemas';
import { jsonBody } from '../../json-body';

/** The person who writes on ends the estimate of what stood there before. */
export const POST = defineRoute(async (ctx, { request }) =>
  estimateQuery(ctx, await jsonBody<EstimateQuery>(request), request.signal),
);
