import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { fetchJson } from '@/lib/fetch-json';
import { isOver } from './run-state';
import type { Run, RunPage } from './schemas';

const POLL_MS = 600;
const POLL_LIST_MS = 2_000;

/** A run, asked for again until it is over. */
export function runOptions(id: string) {
  return queryOptions({
    queryKey: ['runs', 'one', id],
    queryFn: ({ signal }) => fetchJson<Run>(`/api/runs/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state: { data } }) => (data && isOver(data.state) ? false : POLL_MS),
  });
}

/** Runs, the newest first; asked for again while the list is looked at, since files come from anywhere. */
export function runsOptions({ dataset }: { dataset?: string }) {
  return infiniteQueryOptions({
    queryKey: ['runs', 'list', dataset ?? null],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({
        ...(dataset ? { dataset } : {}),
        ...(pageParam ? { nextToken: pageParam } : {}),
      });
      return fetchJson<RunPage>(`/api/runs?${query}`, { signal });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextToken,
    refetchInterval: POLL_LIST_MS,
  });
}
