import { defineEndpoint, resultType, streamResults } from '@/lib/data-api';
import { RESULT_TYPES } from '@/lib/data-api/contract';
import { AppError } from '@/lib/errors';

export const GET = defineEndpoint<{ id: string }>('query', async (ctx, { request, params }) => {
  const type = resultType(request.headers.get('accept'));
  if (!type) throw new AppError('NOT_ACCEPTABLE', `A result is to be had as ${RESULT_TYPES.join(', ')}.`);
  const body = await streamResults(ctx, params.id, type);
  return new Response(body, {
    headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', vary: 'accept' },
  });
});
