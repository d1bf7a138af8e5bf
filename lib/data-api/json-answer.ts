import { jsonRow } from '@/lib/query/rows/json-row';
import { keyNames } from '@/lib/query/rows/key-names';
import type { ReadRows } from './read-query';

/** A page of rows as the data API answers it, behind what names them. */
export function jsonAnswer(names: Record<string, string>, { columns, rows, truncated, next }: ReadRows): Response {
  const keys = keyNames(columns);
  const results = rows.map((row) => jsonRow(keys, columns, row));
  return Response.json({ ...names, columns, results, truncated, next }, { headers: { 'cache-control': 'no-store' } });
}
