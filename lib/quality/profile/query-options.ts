import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from '@/lib/fetch-json';
import type { ProfileEstimate, ProfileRun } from './schemas';

const POLL_MS = 400;

export function profileRunKey(table: string) {
  return ['profiles', table, 'run'];
}

/** How making a profile stands, asked for until it has ended; asking also lets it go on. */
export function profileRunOptions(table: string, initial: ProfileRun | undefined) {
  return queryOptions({
    // What the page came with decides which one is looked at, and not what was left of an earlier visit.
    queryKey: [...profileRunKey(table), initial?.startedAt ?? null],
    queryFn: async ({ signal }) => (await fetchJson<{ run: ProfileRun | null }>(address(table, 'run'), { signal })).run,
    ...(initial ? { initialData: initial } : {}),
    enabled: ({ state: { data } }) => data?.status === 'running',
    refetchInterval: ({ state: { data } }) => (data?.status === 'running' ? POLL_MS : false),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What a profile would scan and cost. */
export function profileEstimateOptions(table: string) {
  return queryOptions({
    queryKey: ['profiles', table, 'estimate'],
    queryFn: ({ signal }) => fetchJson<ProfileEstimate>(address(table, 'estimate'), { signal }),
    staleTime: 30_000,
    retry: false,
  });
}

export function startProfile(table: string): Promise<ProfileRun> {
  return fetchJson(address(table, 'run'), { method: 'POST', body: {} });
}

export async function cancelProfile(table: string): Promise<void> {
  await fetchJson(address(table, 'run'), { method: 'DELETE' });
}

function address(table: string, part: 'run' | 'estimate'): string {
  return `/api/quality/profile/${encodeURIComponent(table)}/${part}`;
}
