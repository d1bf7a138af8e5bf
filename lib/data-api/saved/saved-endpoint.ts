import 'server-only';
import { z } from 'zod';
import type { Context } from '@/lib/auth';
import { AppError } from '@/lib/errors';
import { SqlError } from '@/lib/languages/trino-sql/sql-error.ts';
import { tokenize } from '@/lib/languages/trino-sql/tokenize.ts';
import { getSavedQuery, listSavedQueries } from '@/lib/query';
import type { QueryParameter } from '@/lib/query/saved/parameters';
import { QueryPath, type SavedQuery } from '@/lib/query/saved/schemas';
import { checkReading } from '../check-reading';
import { OWN_PARAMETERS } from './parameter-schema';

/** A saved query as an endpoint: what the data API needs of it, and nothing more. */
export interface SavedEndpoint {
  id: string;
  /** Its folders and its name, with “/” between them. */
  name: string;
  description?: string;
  /** With `?` for values. */
  sql: string;
  /** One for each `?`, in their order. */
  parameters: QueryParameter[];
}

/** Returns the saved queries that can be called: those that read, with a definition for each `?`. */
export async function listEndpoints(ctx: Context, mayCall: (id: string) => boolean): Promise<SavedEndpoint[]> {
  const saved = await listSavedQueries(ctx);
  return saved
    .filter(({ id }) => mayCall(id))
    .map(toEndpoint)
    .filter(isCallable);
}

/** Returns one of them by its id or its path; throws NOT_FOUND, FORBIDDEN, and INVALID for one that cannot be called. */
export async function getEndpoint(
  ctx: Context,
  idOrPath: string,
  mayCall: (id: string) => boolean,
): Promise<SavedEndpoint> {
  const found = await getSavedQuery(ctx, namedBy(idOrPath));
  if (!mayCall(found.id)) {
    throw new AppError('FORBIDDEN', `The token is not for the saved query “${found.name}”.`);
  }
  const endpoint = toEndpoint(found);
  checkCallable(endpoint);
  return endpoint;
}

function namedBy(idOrPath: string): { id: string } | { path: string } {
  if (z.uuid().safeParse(idOrPath).success) return { id: idOrPath };
  // What cannot be the path of a saved query is none.
  const path = QueryPath.safeParse(idOrPath).data;
  if (path === undefined) throw new AppError('NOT_FOUND', `There is no saved query “${idOrPath.slice(0, 200)}”.`);
  return { path };
}

/** Where a saved query is called by its name. */
export function savedPath(name: string): string {
  return `/api/v1/saved/${name.split('/').map(encodeURIComponent).join('/')}`;
}

function toEndpoint({ id, name, description, sql, parameters }: SavedQuery): SavedEndpoint {
  return { id, name, ...(description ? { description } : {}), sql, parameters };
}

/** Each parameter once, as a caller gives it. */
export function callerParameters({ parameters }: SavedEndpoint): QueryParameter[] {
  return [...new Map(parameters.map((parameter) => [parameter.name, parameter])).values()];
}

function isCallable(endpoint: SavedEndpoint): boolean {
  try {
    checkCallable(endpoint);
    return true;
  } catch {
    return false;
  }
}

function checkCallable({ name, sql, parameters }: SavedEndpoint): void {
  checkReading(sql);
  const count = countPlaces(sql);
  if (count !== parameters.length) {
    const message = `The saved query “${name}” has ${count} “?” and ${parameters.length} parameters: define one for each.`;
    throw new AppError('INVALID', message);
  }
  const taken = parameters.find((parameter) => (OWN_PARAMETERS as readonly string[]).includes(parameter.name));
  if (taken)
    throw new AppError('INVALID', `“${taken.name}” is a parameter of the data API’s own: give it another name.`);
}

function countPlaces(sql: string): number {
  try {
    return tokenize(sql).filter(({ type }) => type === 'parameter').length;
  } catch (error) {
    if (error instanceof SqlError) return 0;
    throw error;
  }
}
