import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from '@/lib/fetch-json';
import type { RowPage } from '@/lib/query/schemas';

export function sampleOptions(table: string) {
  return queryOptions({
    queryKey: ['datasets', table, 'sample'],
    queryFn: ({ signal }) => fetchJson<RowPage>(`/api/datasets/${encodeURIComponent(table)}/sample`, { signal }),
    staleTime: 60_000,
  });
}
