import { AppError } from '@/lib/errors';

/** Returns a request's JSON. Its type is what the verb declares, and the verb's first lines check that it is so. */
export async function jsonBody<T>(request: Request): Promise<T> {
  try {
    return (await request.json()) as T;
  } catch (cause) {
    throw new AppError('INVALID', 'The request must have a JSON body.', { cause });
  }
}
