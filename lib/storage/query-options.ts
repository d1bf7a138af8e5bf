import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from '@/lib/fetch-json';
import type { Change } from './change-schemas';
import type { FilePreview } from './preview-schemas';
import type { FilePage, Zone } from './schemas';

/** Presigned addresses in it are good for five minutes. */
const PREVIEW_FRESH_MS = 4 * 60_000;

export function previewOptions(file: { zone: Zone; key: string; versionId?: string }) {
  return queryOptions({
    queryKey: ['files', 'preview', file],
    queryFn: ({ signal }) => fetchJson<FilePreview>(`/api/files/preview?${new URLSearchParams(file)}`, { signal }),
    staleTime: PREVIEW_FRESH_MS,
    gcTime: PREVIEW_FRESH_MS,
  });
}

/** What the person changed lately, and can still undo. */
export function changesOptions() {
  return queryOptions({
    queryKey: ['files', 'changes'],
    queryFn: ({ signal }) => fetchJson<Change[]>('/api/files/changes', { signal }),
  });
}

/** The folders of the raw zone one level below a prefix. */
export function foldersOptions(prefix: string) {
  return queryOptions({
    queryKey: ['files', 'folders', prefix],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ zone: 'raw', prefix });
      return fetchJson<FilePage>(`/api/files?${query}`, { signal });
    },
    select: ({ folders }) => folders,
    staleTime: 30_000,
  });
}
