import { defineEndpoint, resultType, streamResults } from '@/lib/data-api';

export const GET = defineEndpoint<{ id: string }>('query', (ctx, { request, params }) =>
  streamResults(ctx, params.id, resultType(request.headers.get('accept'))),
);
