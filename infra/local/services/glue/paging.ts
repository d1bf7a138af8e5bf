/** `NextToken` and `MaxResults`, the same in every Glue listing. */
import { z } from 'zod';
import { invalidInput } from './errors.ts';

export const Paging = { NextToken: z.string().optional(), MaxResults: z.number().int().min(1).max(1000).optional() };

/** Listings of whole tables and databases give a hundred at most. */
export const ShortPaging = { ...Paging, MaxResults: z.number().int().min(1).max(100).optional() };

export interface Page<T> {
  items: T[];
  NextToken: string | undefined;
}

/**
 * One page of `items`. The token names the last item that was given, so what is added or removed between two pages
 * neither repeats nor hides another item, as long as `items` keeps its order.
 */
export function pageOf<T>(
  items: T[],
  { NextToken, MaxResults = 100 }: { NextToken?: string | undefined; MaxResults?: number | undefined },
  idOf: (item: T) => string,
): Page<T> {
  const start = NextToken === undefined ? 0 : indexAfter(items, NextToken, idOf);
  const page = items.slice(start, start + MaxResults);
  const last = page.at(-1);
  const isMore = start + page.length < items.length;
  return { items: page, NextToken: isMore && last ? Buffer.from(idOf(last)).toString('base64url') : undefined };
}

function indexAfter<T>(items: T[], token: string, idOf: (item: T) => string): number {
  const id = Buffer.from(token, 'base64url').toString();
  const index = items.findIndex((item) => idOf(item) === id);
  if (index < 0) throw invalidInput('The NextToken is not valid any more. List again from the start.');
  return index + 1;
}
