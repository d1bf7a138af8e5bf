import { answerSaved, defineEndpoint, getEndpoint, resultType } from '@/lib/data-api';
import { AppError } from '@/lib/errors';

/** A saved query is called by its id, or by its name: what is before a “/” in it are folders. */
export const GET = defineEndpoint<{ path: string[] }>('saved', async (ctx, { request, params, query, mayCall }) => {
  const endpoint = await getEndpoint(ctx, params.path.map(decoded).join('/'), mayCall);
  const type = resultType(request.headers.get('accept'));
  return answerSaved(ctx, endpoint, { given: query, type, ifNoneMatch: request.headers.get('if-none-match') });
});

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new AppError('INVALID', 'The path is not UTF-8, percent-encoded.', { cause });
  }
}
