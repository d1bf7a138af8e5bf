import { defineRoute } from '@/lib/http';
import { getResultChart } from '@/lib/query';
import type { ChartData } from '@/lib/query/result/fold-chart';

export const GET = defineRoute<ChartData, { id: string }>((ctx, { params, query, request }) =>
  getResultChart(ctx, { ...query, id: params.id }, request.signal),
);
