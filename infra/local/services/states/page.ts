/** Tokens of lists: the position after which the next page goes on. */
import type { z } from 'zod';
import { invalidToken } from './errors.ts';

export function toToken(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Throws InvalidToken for what is no position of this list. */
export function fromToken<T>(token: string | undefined, schema: z.ZodType<T>): T | undefined {
  if (token === undefined) return undefined;
  const position = schema.safeParse(parse(Buffer.from(token, 'base64url').toString()));
  if (!position.success) throw invalidToken(token);
  return position.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One page of what `items` yields: at most `limit`, and whether there is more. */
export function takePage<T>(items: Iterable<T>, limit: number): { page: T[]; isMore: boolean } {
  const page: T[] = [];
  for (const item of items) {
    if (page.length === limit) return { page, isMore: true };
    page.push(item);
  }
  return { page, isMore: false };
}
