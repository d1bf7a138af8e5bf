import { defineEndpoint } from '@/lib/data-api';
import { cancelQuery, getOwnQuery } from '@/lib/query';

type Params = { id: string };

export const GET = defineEndpoint<Params>(
  'query',
  async (ctx, { params }) => {
    const { id, sql, status, scannedBytes, totalMs, error } = await getOwnQuery(ctx, params);
    return Response.json(
      { id, query: sql, status, scannedBytes, totalMs, error },
      { headers: { 'cache-control': 'no-store' } },
    );
  },
  { isPoll: true },
);

export const DELETE = defineEndpoint<Params>('query', async (ctx, { params }) => {
  // Athena would only say that the request is wrong.
  await getOwnQuery(ctx, params);
  await cancelQuery(ctx, params);
  return new Response(null, { status: 204 });
});
