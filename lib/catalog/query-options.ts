import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from '@/lib/fetch-json';
import type { RowPage } from '@/lib/query/schemas';
import type { DownstreamDataset, TableColumn, TablePage } from './schemas';

export function sampleOptions(table: string) {
  return queryOptions({
    queryKey: ['datasets', table, 'sample'],
    queryFn: ({ signal }) => fetchJson<RowPage>(`/api/datasets/${encodeURIComponent(table)}/sample`, { signal }),
    staleTime: 60_000,
  });
}

/** What would change with these files of the raw zone. */
export function downstreamOptions(keys: readonly string[]) {
  return queryOptions({
    queryKey: ['datasets', 'downstream', keys],
    queryFn: ({ signal }) => fetchJson<DownstreamDataset[]>('/api/files/downstream', { body: { keys }, signal }),
    staleTime: 60_000,
  });
}

export function fetchDatabases(): Promise<string[]> {
  return fetchJson('/api/catalog/databases');
}

/** Tables of a database, a thousand at a time. */
export function fetchTables(database: string, nextToken: string | undefined): Promise<TablePage> {
  return fetchJson(`/api/catalog/tables?${new URLSearchParams({ database, ...(nextToken ? { nextToken } : {}) })}`);
}

export function fetchColumns(database: string, table: string): Promise<TableColumn[]> {
  return fetchJson(`/api/catalog/columns?${new URLSearchParams({ database, table })}`);
}
