import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from '@/lib/fetch-json';
import { fetchJsonLines } from '@/lib/fetch-json-lines';
import type { Estimate } from './cost/schemas';
import type { PastProgress, PastTable, Query } from './schemas';

/** Short queries are answered within a few hundred milliseconds; long ones need not be asked about so often. */
const POLL_MS = { first: 120, later: 700, patienceMs: 3_000 };

export function isFinished(query: Query): boolean {
  return query.status !== 'queued' && query.status !== 'running';
}

/** A query, asked for until it has ended. */
export function queryOptionsOf(id: string) {
  return queryOptions({
    queryKey: ['queries', id],
    queryFn: ({ signal }) => fetchJson<Query>(address(id), { signal }),
    refetchInterval: ({ state: { data, dataUpdatedAt } }) => {
      if (!data) return POLL_MS.first;
      if (isFinished(data)) return false;
      return dataUpdatedAt - data.submittedAt < POLL_MS.patienceMs ? POLL_MS.first : POLL_MS.later;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

const ESTIMATE_MS = 30_000;

/** What a statement will scan and cost, if it is run now. */
export function estimateOptions(sql: string) {
  return queryOptions({
    queryKey: ['estimate', sql],
    queryFn: ({ signal }) => fetchJson<Estimate>('/api/queries/estimate', { body: { sql }, signal }),
    staleTime: ESTIMATE_MS,
    retry: false,
  });
}

export function startQuery(sql: string, parameters: readonly string[] = []): Promise<{ id: string }> {
  return fetchJson('/api/queries', { body: { sql, parameters, clientRequestToken: crypto.randomUUID() } });
}

/** Starts an EXPLAIN of which nobody wrote a word: the history says so. */
export function startPlan(sql: string): Promise<{ id: string }> {
  return fetchJson('/api/queries', { body: { sql, purpose: 'plan', clientRequestToken: crypto.randomUUID() } });
}

/** Which tables of the past a statement reads, and what must be copied first. */
export function findPastTables(sql: string, signal: AbortSignal): Promise<PastTable[]> {
  return fetchJson('/api/queries/past', { body: { sql }, signal });
}

/** Copies it; resolves when all is there. */
export function keepPastTables(
  sql: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: PastProgress) => void },
): Promise<void> {
  return fetchJsonLines<PastProgress>('/api/queries/past/copies', { body: { sql }, signal }, onProgress);
}

export async function stopQuery(id: string): Promise<void> {
  await fetchJson(address(id), { method: 'DELETE' });
}

function address(id: string): string {
  return `/api/queries/${encodeURIComponent(id)}`;
}
