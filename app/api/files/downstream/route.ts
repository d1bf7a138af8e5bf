import { listDownstream } from '@/lib/catalog';
import type { ListDownstream } from '@/lib/catalog/schemas';
import { defineRoute } from '@/lib/http';
import { jsonBody } from '../../json-body';

/** Keys do not fit into an address when there are many. */
export const POST = defineRoute(async (ctx, { request }) =>
  listDownstream(ctx, await jsonBody<ListDownstream>(request)),
);
