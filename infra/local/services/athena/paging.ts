import { z } from 'zod';
import { invalidRequest } from './errors.ts';

export const Paging = { NextToken: z.string().optional(), MaxResults: z.number().int().min(0).max(1000).optional() };

/** One page of a list whose order stays; the token names the last item given. */
export function pageOf<T>(
  items: T[],
  { NextToken, MaxResults = 50 }: { NextToken?: string | undefined; MaxResults?: number | undefined },
  idOf: (item: T) => string,
): { items: T[]; NextToken: string | undefined } {
  const start = NextToken === undefined ? 0 : items.findIndex((item) => idOf(item) === fromToken(NextToken)) + 1;
  if (NextToken !== undefined && start === 0) throw invalidRequest('NextToken is not valid');
  const page = items.slice(start, start + (MaxResults || 50));
  const last = page.at(-1);
  const isMore = last !== undefined && start + page.length < items.length;
  return { items: page, NextToken: isMore ? toToken(idOf(last)) : undefined };
}

function toToken(id: string): string {
  return Buffer.from(id).toString('base64url');
}

function fromToken(token: string): string {
  return Buffer.from(token, 'base64url').toString();
}
