import { validationException } from './errors.ts';

/** One page of named things in the order of their names. The token is the last name that was given. */
export function pageOf<T>(
  items: T[],
  nameOf: (item: T) => string,
  { NextToken, Limit = 100 }: { NextToken?: string | undefined; Limit?: number | undefined },
): { page: T[]; NextToken?: string } {
  const after = NextToken === undefined ? undefined : Buffer.from(NextToken, 'base64url').toString();
  if (after === '') throw validationException('Provided NextToken is not valid.');
  const rest = after === undefined ? items : items.filter((item) => nameOf(item) > after);
  const page = rest.slice(0, Limit);
  const last = page.at(-1);
  return rest.length > page.length && last
    ? { page, NextToken: Buffer.from(nameOf(last)).toString('base64url') }
    : { page };
}
