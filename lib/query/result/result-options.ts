import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { fetchJson } from '@/lib/fetch-json';
import type { ChartConfig } from '../chart-config';
import type { ExportFormat, ExportProgress } from '../export/export-schemas';
import type { ColumnStats } from './column-stats';
import type { ChartData } from './fold-chart';
import type { ResultRows, ResultState } from './result-state';
import type { ResultView } from './view-schemas';

const POLL_MS = 400;
/** Pages that were scrolled past are let go of: the browser holds some thousand rows, however many there are. */
const PAGE_KEPT_MS = 20_000;
const PAGE_CELLS = 8_000;
const PAGE_ROWS = { least: 25, most: 400 };

/** How many rows are fetched at a time: fewer of a wide result. */
export function pageRows(columnCount: number): number {
  const rows = Math.floor(PAGE_CELLS / Math.max(1, columnCount));
  return Math.min(PAGE_ROWS.most, Math.max(PAGE_ROWS.least, rows));
}

/** How many rows there are; asked again until all have come. */
export function resultOptions(id: string, view: ResultView) {
  return queryOptions({
    queryKey: ['queries', id, 'result', view],
    queryFn: ({ signal }) => fetchJson<ResultState>(address(id, 'result', { view }), { signal }),
    refetchInterval: ({ state: { data } }) => (data && !data.isComplete ? POLL_MS : false),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    retry: 1,
  });
}

export function resultPageOptions(id: string, view: ResultView, from: number, count: number) {
  return queryOptions({
    queryKey: ['queries', id, 'rows', view, from, count],
    queryFn: ({ signal }) => fetchRows(id, view, { from, count, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: PAGE_KEPT_MS,
  });
}

interface WantedRows {
  from: number;
  count: number;
  isWhole?: boolean;
  signal?: AbortSignal;
}

export function fetchRows(id: string, view: ResultView, wanted: WantedRows): Promise<ResultRows> {
  const { from, count, isWhole, signal } = wanted;
  const query = { view, from, count, ...(isWhole ? { isWhole: 'yes' } : {}) };
  return fetchJson<ResultRows>(address(id, 'rows', query), { signal });
}

/** One row with its whole values. */
export function rowOptions(id: string, view: ResultView, row: number) {
  return queryOptions({
    queryKey: ['queries', id, 'row', view, row],
    queryFn: ({ signal }) => fetchRows(id, view, { from: row, count: 1, isWhole: true, signal }),
    gcTime: PAGE_KEPT_MS,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}

export function columnStatsOptions(id: string, view: ResultView, column: number) {
  return queryOptions({
    queryKey: ['queries', id, 'stats', view.filters, column],
    queryFn: ({ signal }) => fetchJson<ColumnStats>(address(id, 'stats', { view, column }), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function resultChartOptions(id: string, view: ResultView, config: ChartConfig) {
  return queryOptions({
    queryKey: ['queries', id, 'chart', view.filters, config],
    queryFn: ({ signal }) =>
      fetchJson<ChartData>(address(id, 'chart', { view, config: JSON.stringify(config) }), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}

/** With a view, of what it shows; else of the whole result. */
export function exportAddress(
  id: string,
  wanted: { format: ExportFormat; name: string; ticket: string; view?: ResultView },
): string {
  const { view, ...rest } = wanted;
  return address(id, 'export', view ? { ...rest, view } : rest);
}

export function exportProgressOptions(id: string, ticket: string) {
  return queryOptions({
    queryKey: ['queries', id, 'export', ticket],
    queryFn: ({ signal }) => fetchJson<ExportProgress>(address(id, 'export', { ticket }), { signal }),
    refetchInterval: ({ state: { data } }) =>
      data && data.state !== 'running' && data.state !== 'waiting' ? false : POLL_MS,
  });
}

export async function stopExport(id: string, ticket: string): Promise<void> {
  await fetchJson(address(id, 'export', { ticket }), { method: 'DELETE' });
}

function address(id: string, what: string, query: Record<string, string | number | ResultView>): string {
  const texts = Object.entries(query).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : `${value}`,
  ]);
  return `/api/queries/${encodeURIComponent(id)}/${what}?${new URLSearchParams(texts)}`;
}
