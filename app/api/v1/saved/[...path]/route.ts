import { answerSaved, defineEndpoint, getEndpoint, readPath, resultType } from '@/lib/data-api';

/** A saved query is called by its id, or by its name: what is before a “/” in it are folders. */
export const GET = defineEndpoint<{ path: string[] }>('saved', async (ctx, { request, query, mayCall }) => {
  const endpoint = await getEndpoint(ctx, readPath(request.url, '/api/v1/saved/'), mayCall);
  const type = resultType(request.headers.get('accept'));
  return answerSaved(ctx, endpoint, { given: query, type, ifNoneMatch: request.headers.get('if-none-match') });
});
