import { AppError } from '@/lib/errors';

const JSON_TYPE = /^application\/json\s*(;|$)/i;

/**
 * Returns a request's JSON. Its type is what the verb declares, and the verb's first lines check that it is so. It must
 * be called JSON: a form of another website can send any text, but not under that name.
 */
export async function jsonBody<T>(request: Request): Promise<T> {
  if (!JSON_TYPE.test(request.headers.get('content-type') ?? '')) {
    throw new AppError('INVALID', 'The request must have the content type application/json.');
  }
  try {
    return (await request.json()) as T;
  } catch (cause) {
    throw new AppError('INVALID', 'The request must have a JSON body.', { cause });
  }
}
