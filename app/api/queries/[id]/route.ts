import { defineRoute } from '@/lib/http';
import { cancelQuery, getOwnQuery } from '@/lib/query';
import type { Query } from '@/lib/query/schemas';

export const GET = defineRoute<Query, { id: string }>((ctx, { params }) => getOwnQuery(ctx, { id: params.id }));

export const DELETE = defineRoute<object, { id: string }>(
  async (ctx, { params }) => {
    await cancelQuery(ctx, { id: params.id });
    return {};
  },
  { action: 'queries.cancel' },
);
