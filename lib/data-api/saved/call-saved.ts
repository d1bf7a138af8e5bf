import 'server-only';
import { createHash } from 'node:crypto';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { getQuery, runQuery } from '@/lib/query';
import type { Query } from '@/lib/query/schemas';
import { SavedInput } from '../contract';
import { readNext } from '../next-token';
import { waitFor } from '../read-query';
import { inputVersion } from './input-version';
import { findResult, isResultOf, keepResult } from './kept-results';
import { readValues } from './read-values';
import type { SavedEndpoint } from './saved-endpoint';

/** A call of a saved query, before anything is run. */
export interface SavedCall {
  endpoint: SavedEndpoint;
  input: SavedInput;
  /** The values as SQL text, for each `?`. */
  values: string[];
  /** Names the answer: the statement, its values, and the versions of all it reads. Undefined where that cannot be told. */
  key: string | undefined;
}

/** Reads what a caller gave, and finds out what the answer would be made of. Nothing is scanned. */
export async function prepareCall(
  ctx: Context,
  endpoint: SavedEndpoint,
  given: Readonly<Record<string, string>>,
): Promise<SavedCall> {
  requirePermission(ctx, 'queries:run');
  const { limit, timeout, next, ...own } = given;
  const input = SavedInput.parse({ limit, timeout, next });
  if (input.next !== undefined) return { endpoint, input, values: [], key: undefined };
  const values = readValues(endpoint.parameters, own);
  return { endpoint, input, values, key: await answerKey(ctx, endpoint, values) };
}

async function answerKey(ctx: Context, { id, sql }: SavedEndpoint, values: string[]): Promise<string | undefined> {
  const { database } = await getLake();
  const version = await inputVersion(ctx, sql, database);
  // Roles see different tables: one's results are nothing for another.
  return version && hash([ctx.role, id, database, sql, values, version]);
}

const underWay = new Map<string, Promise<Query>>();

/**
 * Returns the finished query that holds the answer: an earlier one of the same data, if there is one, or a new run. Calls
 * of the same that come while it runs wait for it too.
 */
export function runCall(ctx: Context, call: SavedCall): Promise<Query> {
  if (call.key === undefined) return findOrRun(ctx, call);
  // Whoever waits less cancels a run, which is not for the others.
  const name = `${call.key} ${call.input.timeout}`;
  const running = underWay.get(name) ?? findOrRun(ctx, call).finally(() => underWay.delete(name));
  underWay.set(name, running);
  return running;
}

async function findOrRun(ctx: Context, { endpoint, input, values, key }: SavedCall): Promise<Query> {
  const kept = key && (await findResult(ctx, key));
  if (kept) return kept;
  const { id } = await runQuery(ctx, { sql: endpoint.sql, parameters: values });
  const query = await waitFor(ctx, id, input.timeout);
  // Files may have come while it ran: then nobody can say which of them it has read.
  const isSame = key !== undefined && key === (await answerKey(ctx, endpoint, values));
  await keepResult({ key: isSame ? key : id, savedQuery: endpoint.id, executionId: id });
  return query;
}

/** Where `next` goes on; throws INVALID for one that no answer of this saved query gave. */
export async function placeOf(ctx: Context, { id }: SavedEndpoint, next: string) {
  const place = readNext(next);
  if (!(await isResultOf(id, place.id))) {
    throw new AppError('INVALID', 'This `next` is not one that an answer of this saved query gave.');
  }
  return { query: await getQuery(ctx, { id: place.id }), token: place.token };
}

/** The ETag of an answer: of its content, in its format, as far as it was asked for. */
export function entityTag(key: string, ...form: (string | number | undefined)[]): string {
  return `"${hash([key, ...form.map((each) => each ?? null)])}"`;
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 */
export function isUnchanged(ifNoneMatch: string | null, tag: string): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  return known.includes(tag) || known.includes('*');
}

function hash(parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
