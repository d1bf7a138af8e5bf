import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '@/lib/auth';
import { AppError } from '@/lib/errors';
import { cancelQuery, getOwnQuery, getQuery, listQueryRows, runQuery } from '@/lib/query';
import type { Cell, Query, ResultColumn } from '@/lib/query/schemas';
import { checkReading } from './check-reading';
import type { QueryInput } from './contract';
import { readNext, writeNext } from './next-token';

const POLL_MS = { first: 20, most: 500 };

export interface ReadRows {
  query: string;
  columns: ResultColumn[];
  rows: Cell[][];
  truncated: boolean;
  next?: string;
}

/** Runs a reading statement and answers its first rows, or goes on behind the rows of an earlier answer. */
export async function readQuery(ctx: Context, input: QueryInput): Promise<ReadRows> {
  if (input.next !== undefined) {
    const place = readNext(input.next);
    const query = await getOwnQuery(ctx, { id: place.id });
    return readRows(ctx, query, input.limit, place.token);
  }
  const sql = input.query ?? '';
  checkReading(sql);
  const { id } = await runQuery(ctx, { sql });
  return readRows(ctx, await waitFor(ctx, id, input.timeout), input.limit, undefined);
}

/** Follows a query to its end; one that takes longer is cancelled, so that nobody pays for what nobody waits for. */
export async function waitFor(ctx: Context, id: string, timeoutSeconds: number): Promise<Query> {
  const end = Date.now() + timeoutSeconds * 1000;
  for (let wait = POLL_MS.first; ; wait = Math.min(POLL_MS.most, wait * 1.5)) {
    const query = await getQuery(ctx, { id });
    if (query.status === 'succeeded') return query;
    if (query.status === 'failed' || query.status === 'cancelled') throw failureOf(query);
    if (Date.now() >= end) {
      await cancelQuery(ctx, { id });
      throw new AppError(
        'TIMED_OUT',
        `The query ran longer than ${timeoutSeconds} seconds and was cancelled. Raise \`timeout\`, or start it with POST /api/v1/queries.`,
      );
    }
    await sleep(Math.min(wait, Math.max(1, end - Date.now())));
  }
}

/** Why a query has no rows to be read. */
export function failureOf({ status, error }: Query): AppError {
  if (status === 'queued' || status === 'running') {
    return new AppError('CONFLICT', 'The query has not finished yet. Ask for its state until it has.');
  }
  if (status === 'cancelled') return new AppError('CONFLICT', 'The query was cancelled.');
  const { message = 'The query failed.', ...place } = error ?? {};
  return new AppError('INVALID', message, { details: place });
}

/** Reads up to `limit` rows of a finished query, from a place on. */
export async function readRows(
  ctx: Context,
  query: Query,
  limit: number,
  token: string | undefined,
): Promise<ReadRows> {
  if (query.status !== 'succeeded') throw failureOf(query);
  const rows: Cell[][] = [];
  let columns: ResultColumn[] = [];
  let nextToken = token;
  do {
    const page = await listQueryRows(ctx, { id: query.id, nextToken, maxRows: limit - rows.length });
    columns = page.columns;
    rows.push(...page.rows);
    nextToken = page.nextToken;
  } while (nextToken !== undefined && rows.length < limit);
  // SHOW and DESCRIBE give no header, which was reckoned with: a row too many cannot be gone back to.
  const isOver = rows.length > limit;
  const next = nextToken && !isOver ? { next: writeNext(query.id, nextToken) } : {};
  const truncated = isOver || nextToken !== undefined;
  return { query: query.sql, columns, rows: rows.slice(0, limit), truncated, ...next };
}
