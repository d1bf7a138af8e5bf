import { defineRoute } from '@/lib/http';
import { listQueryRows } from '@/lib/query';
import type { RowPage } from '@/lib/query/schemas';

export const GET = defineRoute<RowPage, { id: string }>((ctx, { params, query }) =>
  listQueryRows(ctx, { id: params.id, nextToken: query.nextToken }),
);
