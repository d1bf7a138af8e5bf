import 'server-only';
import type { Context } from '@/lib/auth';
import { AppError } from '@/lib/errors';
import type { Query } from '@/lib/query/schemas';
import { LIMITS, type ResultType } from '../contract';
import { jsonAnswer } from '../json-answer';
import { readRows } from '../read-query';
import { streamQuery } from '../stream-results';
import { entityTag, isUnchanged, placeOf, prepareCall, runCall } from './call-saved';
import type { SavedEndpoint } from './saved-endpoint';

interface Asked {
  given: Readonly<Record<string, string>>;
  type: ResultType;
  ifNoneMatch: string | null;
}

/**
 * Answers a call of a saved query. The same call of the same data has the same ETag: who sends it is answered 304, anyone
 * else the earlier result, and in both cases nothing is scanned.
 */
export async function answerSaved(ctx: Context, endpoint: SavedEndpoint, asked: Asked): Promise<Response> {
  const { type } = asked;
  const call = await prepareCall(ctx, endpoint, asked.given);
  const { limit, next } = call.input;
  if (next !== undefined) {
    if (type !== 'application/json') throw new AppError('INVALID', '`next` is for answers in JSON alone.');
    const { query, token } = await placeOf(ctx, endpoint, next);
    return answerJson(ctx, { endpoint, query, limit, token });
  }
  const tag = call.key && entityTag(call.key, type, limit);
  if (tag && isUnchanged(asked.ifNoneMatch, tag)) return new Response(null, { status: 304, headers: tagged(tag) });
  const query = await runCall(ctx, call);
  const answer =
    type === 'application/json'
      ? await answerJson(ctx, { endpoint, query, limit })
      : await streamQuery(ctx, query, type, limit);
  for (const [name, value] of Object.entries(tagged(tag))) answer.headers.set(name, value);
  return answer;
}

/** Caches may keep the answer, and must ask each time. */
function tagged(tag: string | undefined): Record<string, string> {
  return {
    vary: 'accept',
    ...(tag ? { etag: tag, 'cache-control': 'private, no-cache' } : { 'cache-control': 'no-store' }),
  };
}

interface JsonRows {
  endpoint: SavedEndpoint;
  query: Query;
  limit: number | undefined;
  token?: string;
}

async function answerJson(ctx: Context, { endpoint, query, limit, token }: JsonRows): Promise<Response> {
  const rows = await readRows(ctx, query, limit ?? LIMITS.rowsDefault, token);
  return jsonAnswer({ id: endpoint.id, name: endpoint.name }, rows);
}
