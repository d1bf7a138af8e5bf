import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { fetchJson } from '@/lib/fetch-json';
import type { EditableZone, PointInTime } from './schemas';

/** A folder as it was; without a moment, before its last change. */
export function pointInTimeOptions(place: { zone: EditableZone; prefix: string; at?: number | undefined }) {
  const { zone, prefix, at } = place;
  return queryOptions({
    queryKey: ['files', 'point-in-time', zone, prefix, at ?? null],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ zone, prefix, ...(at === undefined ? {} : { at: String(at) }) });
      return fetchJson<PointInTime>(`/api/files/point-in-time?${query}`, { signal });
    },
    // A preview that is a minute old would speak of files that have changed since.
    staleTime: 0,
    gcTime: 0,
    // The changes to choose from are the folder's, whatever the moment.
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
}
