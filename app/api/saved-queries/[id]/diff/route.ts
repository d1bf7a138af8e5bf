import { defineRoute } from '@/lib/http';
import { compareQueryVersions } from '@/lib/query';
import type { QueryVersionDiff } from '@/lib/query/saved/schemas';

export const GET = defineRoute<QueryVersionDiff, { id: string }>((ctx, { params, query }) =>
  compareQueryVersions(ctx, { id: params.id, from: Number(query.from), to: Number(query.to) }),
);
