import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { fetchJson } from '@/lib/fetch-json';
import type { ListQueryHistory, QueryHistoryPage, QueryRecord, QueryRecordDetail } from './schemas';

const POLL_MS = { running: 2_000, idle: 10_000 };

type Filter = Omit<ListQueryHistory, 'next'>;

export const historyKey = ['query-history'] as const;

/** What was run, asked for again while something of it still runs. */
export function historyOptions(filter: Filter) {
  return infiniteQueryOptions({
    queryKey: [...historyKey, filter],
    queryFn: ({ pageParam, signal }) => {
      const set = Object.entries({ ...filter, next: pageParam }).filter(
        ([, value]) => value !== undefined && value !== '',
      );
      const query = new URLSearchParams(set.map(([name, value]) => [name, String(value)]));
      return fetchJson<QueryHistoryPage>(`/api/queries/history?${query}`, { signal });
    },
    // What was run a moment ago, in the workbench, must be in it.
    staleTime: 0,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) => {
      const records = state.data?.pages.flatMap((page) => page.records) ?? [];
      return records.some(({ status }) => status === 'queued' || status === 'running') ? POLL_MS.running : false;
    },
  });
}

export function recordOptions(id: string, status: QueryRecord['status']) {
  return queryOptions({
    queryKey: [...historyKey, 'record', id, status],
    queryFn: ({ signal }) => fetchJson<QueryRecordDetail>(`/api/queries/${encodeURIComponent(id)}/record`, { signal }),
  });
}

/** The person's own queries that have not ended. */
export function runningOptions() {
  return queryOptions({
    queryKey: [...historyKey, 'running'],
    queryFn: ({ signal }) => fetchJson<QueryRecord[]>('/api/queries/running', { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.length ? POLL_MS.running : POLL_MS.idle),
  });
}
