import { defineRoute } from '@/lib/http';
import { listRuns } from '@/lib/runs';

export const GET = defineRoute((ctx, { query }) =>
  listRuns(ctx, { dataset: query.dataset, nextToken: query.nextToken, pageSize: query.pageSize }),
);
