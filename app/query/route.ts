import { defineEndpoint, jsonRow, keyNames, readQuery } from '@/lib/data-api';
import { QueryInput } from '@/lib/data-api/contract';

export const GET = defineEndpoint('query', async (ctx, { query }) => {
  const { query: sql, columns, rows, truncated, next } = await readQuery(ctx, QueryInput.parse(query));
  const names = keyNames(columns);
  const results = rows.map((row) => jsonRow(names, columns, row));
  return Response.json({ query: sql, columns, results, truncated, next }, { headers: { 'cache-control': 'no-store' } });
});
