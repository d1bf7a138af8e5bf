import { z } from 'zod';
import { AppError } from '@/lib/errors';

const Place = z.tuple([z.string(), z.string()]).transform(([id, token]) => ({ id, token }));

/** Where a result goes on: opaque to clients, so that it may change. It gives no access that its holder does not have. */
export function writeNext(id: string, token: string): string {
  return Buffer.from(JSON.stringify([id, token])).toString('base64url');
}

export function readNext(next: string): { id: string; token: string } {
  try {
    return Place.parse(JSON.parse(Buffer.from(next, 'base64url').toString()));
  } catch (cause) {
    throw new AppError('INVALID', 'This `next` is not one that an answer of this API gave.', { cause });
  }
}
