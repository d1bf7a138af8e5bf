import { defineRoute } from '@/lib/http';
import { getResult } from '@/lib/query';
import type { ResultState } from '@/lib/query/result/result-state';

export const GET = defineRoute<ResultState, { id: string }>((ctx, { params, query }) =>
  getResult(ctx, { ...query, id: params.id }),
);
