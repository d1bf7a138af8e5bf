import { defineRoute } from '@/lib/http';
import { getQueryRecord } from '@/lib/query';
import type { QueryRecordDetail } from '@/lib/query/history/schemas';

export const GET = defineRoute<QueryRecordDetail, { id: string }>((ctx, { params }) =>
  getQueryRecord(ctx, { id: params.id }),
);
