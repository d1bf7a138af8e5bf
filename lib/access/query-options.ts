import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { fetchJson } from '@/lib/fetch-json';
import type { ActionChoice, ExplainedDenial } from './decision-schemas';

/** Why AWS refused something, by the sentence that it wrote; asked for when it is shown. */
export function denialOptions(said: string) {
  return queryOptions({
    queryKey: ['access', 'denial', said],
    queryFn: ({ signal }) =>
      fetchJson<ExplainedDenial>(`/api/access/denial?${new URLSearchParams({ said })}`, { signal }),
    // Shown again, it says again what the policies say then.
    staleTime: 0,
    retry: false,
  });
}

/** Actions whose names hold a text; what AWS knows of them does not change while somebody types. */
export function actionsOptions(text: string) {
  return queryOptions({
    queryKey: ['access', 'actions', text],
    queryFn: ({ signal }) =>
      fetchJson<ActionChoice[]>(`/api/access/actions?${new URLSearchParams({ text })}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}
