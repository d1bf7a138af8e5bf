import 'server-only';
import type { Context } from '@/lib/auth';
import { getOwnQuery, listQueryRows } from '@/lib/query';
import { arrowRows } from '@/lib/query/rows/arrow-rows';
import { csvRows } from '@/lib/query/rows/csv-rows';
import { jsonRows, ndjsonRows } from '@/lib/query/rows/json-rows';
import { parquetRows } from '@/lib/query/rows/parquet-rows';
import type { Cell, Query, RowPage } from '@/lib/query/schemas';
import type { ResultType } from './contract';
import { failureOf } from './read-query';

const rowWriters: Record<ResultType, typeof jsonRows> = {
  'application/json': jsonRows,
  'application/x-ndjson': ndjsonRows,
  'text/csv': csvRows,
  'application/vnd.apache.arrow.stream': arrowRows,
  'application/vnd.apache.parquet': parquetRows,
};

/** Streams a finished query's whole result; a client that goes away ends it. */
export async function streamResults(ctx: Context, id: string, type: ResultType): Promise<Response> {
  return streamQuery(ctx, await getOwnQuery(ctx, { id }), type);
}

/** The same of a query that is known, or its first rows. */
export async function streamQuery(ctx: Context, query: Query, type: ResultType, limit = Infinity): Promise<Response> {
  if (query.status !== 'succeeded') throw failureOf(query);
  // The first page is read before the answer begins, so that what goes wrong is still a problem with a status.
  const first = await listQueryRows(ctx, { id: query.id });
  const chunks = rowWriters[type](first.columns, pagesOf(ctx, query.id, first, limit));
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
  const contentType = type.startsWith('application/vnd') ? type : `${type}; charset=utf-8`;
  return new Response(body, { headers: { 'content-type': contentType, 'cache-control': 'no-store', vary: 'accept' } });
}

async function* pagesOf(ctx: Context, id: string, first: RowPage, limit: number): AsyncGenerator<Cell[][]> {
  let page = first;
  let left = limit;
  yield page.rows.slice(0, left);
  for (left -= page.rows.length; page.nextToken && left > 0; left -= page.rows.length) {
    page = await listQueryRows(ctx, { id, nextToken: page.nextToken });
    yield page.rows.slice(0, left);
  }
}
