import { defineRoute } from '@/lib/http';
import { cancelQuery, getQuery } from '@/lib/query';
import type { Query } from '@/lib/query/schemas';

export const GET = defineRoute<Query, { id: string }>((ctx, { params }) => getQuery(ctx, { id: params.id }));

export const DELETE = defineRoute<object, { id: string }>(
  async (ctx, { params }) => {
    await cancelQuery(ctx, { id: params.id });
    return {};
  },
  { action: 'queries.cancel' },
);
