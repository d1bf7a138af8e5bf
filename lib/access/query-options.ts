import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from '@/lib/fetch-json';
import type { ExplainedDenial } from './decision-schemas';

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
