import { defineRoute } from '@/lib/http';
import { listQueryVersions } from '@/lib/query';
import type { QueryVersionPage } from '@/lib/query/saved/schemas';

export const GET = defineRoute<QueryVersionPage, { id: string }>((ctx, { params, query }) =>
  listQueryVersions(ctx, { id: params.id, before: query.before ? Number(query.before) : undefined }),
);
