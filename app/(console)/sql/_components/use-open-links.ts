import { useEffect } from 'react';
import { useFailureToast } from '@/components/shell/failure-toast';
import { fetchJson, reportFrom } from '@/lib/fetch-json';
import { fetchSavedQuery } from '@/lib/query/saved/query-options';
import type { Query } from '@/lib/query/schemas';
import { routes } from '@/lib/routes';
import type { TabStore } from './tab-store';

export interface OpenedLink {
  /** A saved query's id. */
  saved?: string | undefined;
  /** The id of a statement that was run. */
  execution?: string | undefined;
}

/** Opens what a link names in a tab: a saved query, or a statement that was run, with its result. */
export function useOpenLinks(store: TabStore, { saved, execution }: OpenedLink): void {
  const failed = useFailureToast();
  useEffect(() => {
    if (!saved && !execution) return;
    // Else a reload would open it once more, whatever has become of the tab.
    window.history.replaceState(null, '', routes.sql());
    const open = async () => {
      if (saved) store.openSaved(await fetchSavedQuery(saved));
      if (execution) store.openExecution(await fetchJson<Query>(`/api/queries/${encodeURIComponent(execution)}`));
    };
    open().catch((error: unknown) => failed(reportFrom(error)));
  }, [store, saved, execution, failed]);
}
