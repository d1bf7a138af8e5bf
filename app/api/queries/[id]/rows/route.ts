import { defineRoute } from '@/lib/http';
import { listResultRows } from '@/lib/query';
import type { ResultRows } from '@/lib/query/result/result-state';

export const GET = defineRoute<ResultRows, { id: string }>((ctx, { params, query }) =>
  listResultRows(ctx, { ...query, id: params.id }),
);
