import { defineRoute } from '@/lib/http';
import { getColumnStats } from '@/lib/query';
import type { ColumnStats } from '@/lib/query/result/column-stats';

export const GET = defineRoute<ColumnStats, { id: string }>((ctx, { params, query, request }) =>
  getColumnStats(ctx, { ...query, id: params.id }, request.signal),
);
