import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { fetchJson } from '@/lib/fetch-json';
import type { QueryVersionDiff, QueryVersionPage, SavedQuery } from './schemas';

export const savedQueriesKey = ['saved-queries'] as const;

export function savedQueriesOptions(only?: 'deleted') {
  return queryOptions({
    queryKey: [...savedQueriesKey, only ?? 'all'],
    queryFn: ({ signal }) => fetchJson<SavedQuery[]>(`/api/saved-queries${only ? '?deleted=yes' : ''}`, { signal }),
  });
}

export function fetchSavedQuery(id: string): Promise<SavedQuery> {
  return fetchJson<SavedQuery>(address(id));
}

export function queryVersionsOptions(id: string) {
  return infiniteQueryOptions({
    queryKey: [...savedQueriesKey, id, 'versions'],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<QueryVersionPage>(`${address(id)}/versions${pageParam ? `?before=${pageParam}` : ''}`, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.before,
  });
}

export function versionDiffOptions(id: string, from: number, to: number) {
  return queryOptions({
    queryKey: [...savedQueriesKey, id, 'diff', from, to],
    queryFn: ({ signal }) => fetchJson<QueryVersionDiff>(`${address(id)}/diff?from=${from}&to=${to}`, { signal }),
    // Versions never change.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function address(id: string): string {
  return `/api/saved-queries/${encodeURIComponent(id)}`;
}
