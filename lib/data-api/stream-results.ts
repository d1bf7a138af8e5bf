import 'server-only';
import type { Context } from '@/lib/auth';
import { getQuery, listQueryRows } from '@/lib/query';
import { RESULT_TYPES, type ResultType } from './contract';
import { failureOf } from './read-query';
import { rowWriters } from './write-rows';

/** Streams a finished query's whole result, a page in memory at a time; a client that goes away ends it. */
export async function streamResults(ctx: Context, id: string, type: ResultType): Promise<ReadableStream<Uint8Array>> {
  const query = await getQuery(ctx, { id });
  if (query.status !== 'succeeded') throw failureOf(query);
  const writer = rowWriters[type];
  const encoder = new TextEncoder();
  // The first page is read before the answer begins, so that what goes wrong is still a problem with a status.
  let page = await listQueryRows(ctx, { id });
  let isFirst = true;
  return new ReadableStream({
    async pull(controller) {
      const { columns, rows, nextToken } = page;
      const text = (isFirst ? writer.begin(columns) : '') + writer.rows(columns, rows, isFirst);
      controller.enqueue(encoder.encode(nextToken ? text : text + writer.end));
      isFirst = false;
      if (nextToken) page = await listQueryRows(ctx, { id, nextToken });
      else controller.close();
    },
  });
}

/** The first of our formats that an `Accept` header names, by its order; JSON where it takes anything; undefined for none. */
export function resultType(accept: string | null): ResultType | undefined {
  const wanted = (accept ?? '*/*').split(',').map((part) => part.split(';')[0]?.trim().toLowerCase() ?? '');
  for (const type of wanted) {
    if (type === '*/*' || type === 'application/*') return 'application/json';
    const exact = RESULT_TYPES.find((each) => each === type || (type === 'text/*' && each === 'text/csv'));
    if (exact) return exact;
  }
  return undefined;
}
