import { keyNames } from '@/lib/query/rows/key-names';
import { jsonRow } from './json-rows';
import type { ReadRows } from './read-query';

/** A page of rows as the data API answers it. */
export function jsonAnswer({ query, columns, rows, truncated, next }: ReadRows): Response {
  const names = keyNames(columns);
  const results = rows.map((row) => jsonRow(names, columns, row));
  return Response.json({ query, columns, results, truncated, next }, { headers: { 'cache-control': 'no-store' } });
}
