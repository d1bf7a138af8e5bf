import { infiniteQueryOptions } from '@tanstack/react-query';
import type { EventPage } from '@/lib/audit/schemas';
import { fetchJson } from '@/lib/fetch-json';
import type { TrailRecordPage } from '@/lib/trail/schemas';
import type { AuditSearch } from '../search-params';
import { rowOfCall, rowOfEvent, type TrailRow } from './trail-row';

interface TrailPage {
  rows: TrailRow[];
  next?: string;
  /** How far back was looked, in milliseconds. */
  readTo?: number;
}

/** The trail, newest first, a page after the other. */
export function trailOptions(search: AuditSearch) {
  return infiniteQueryOptions({
    queryKey: ['audit', search],
    queryFn: ({ pageParam, signal }) => (search.source === 'aws' ? readCalls : readEvents)(search, pageParam, signal),
    // What was done a moment ago must be in it.
    staleTime: 0,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  });
}

async function readEvents(search: AuditSearch, after: string | undefined, signal: AbortSignal): Promise<TrailPage> {
  const { events, next, readTo } = await fetchJson<EventPage>(
    `/api/audit/events?${asQuery({ ...eventFilter(search), after })}`,
    { signal },
  );
  return {
    rows: events.map(rowOfEvent),
    ...(next === undefined ? {} : { next: String(next) }),
    ...(readTo === undefined ? {} : { readTo }),
  };
}

async function readCalls(search: AuditSearch, after: string | undefined, signal: AbortSignal): Promise<TrailPage> {
  const { records, next, searchedTo } = await fetchJson<TrailRecordPage>(
    `/api/audit/calls?${asQuery({ ...callFilter(search), after })}`,
    { signal },
  );
  return { rows: records.map(rowOfCall), readTo: Date.parse(searchedTo), ...(next ? { next } : {}) };
}

const WEEK_MS = 7 * 24 * 3_600_000;

/** Log files are by time: without one, the last week is looked through. */
function callFilter({ text, person, action, outcome, from, to, request }: AuditSearch) {
  const until = to ?? new Date().toISOString();
  return {
    text: request ?? text,
    person,
    service: action,
    outcome: outcome === 'done' ? 'succeeded' : outcome,
    from: from ?? new Date(Date.parse(until) - WEEK_MS).toISOString(),
    to: until,
  };
}

function eventFilter({ from, to, source: _, ...rest }: AuditSearch): Record<string, string | undefined> {
  return { ...rest, since: from && String(Date.parse(from)), until: to && String(Date.parse(to)) };
}

export function exportAddress(search: AuditSearch, format: string): string {
  return search.source === 'aws'
    ? `/api/audit/calls/export?${asQuery({ ...callFilter(search), format })}`
    : `/api/audit/export?${asQuery({ ...eventFilter(search), format })}`;
}

function asQuery(given: Record<string, string | undefined>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
