import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from '@/lib/fetch-json';
import type { RowPage } from '@/lib/query/schemas';
import type { KeptContract } from './schemas';

export function sampleOptions(table: string) {
  return queryOptions({
    queryKey: ['datasets', table, 'sample'],
    queryFn: ({ signal }) => fetchJson<RowPage>(`/api/datasets/${encodeURIComponent(table)}/sample`, { signal }),
    staleTime: 60_000,
  });
}

/** A dataset's contract; null while there is none. */
export function contractOptions(dataset: string) {
  return queryOptions({
    queryKey: ['datasets', dataset, 'contract'],
    queryFn: async ({ signal }) => {
      const url = `/api/datasets/${encodeURIComponent(dataset)}/contract`;
      return (await fetchJson<{ kept: KeptContract | null }>(url, { signal })).kept;
    },
  });
}
