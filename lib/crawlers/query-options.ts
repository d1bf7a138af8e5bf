import { queryOptions } from '@tanstack/react-query';
import { fetchJsonLines } from '@/lib/fetch-json-lines';
import type { FolderPlan, PlanProgress, PlanSource, PlanStep } from './schemas';

/** Of all dry runs: what the catalog holds has changed, or is to be looked at again. */
export const plansKey = ['crawlers', 'plan'];

/** A dry run. It is made when it is asked for, never by the way: it may read much. Cancelling it stops the reading. */
export function planOptions(source: PlanSource, onProgress: (progress: PlanProgress | undefined) => void) {
  return queryOptions({
    queryKey: [...plansKey, source],
    queryFn: async ({ signal }) => {
      onProgress(undefined);
      let plan: FolderPlan | undefined;
      await fetchJsonLines<PlanStep>('/api/crawlers/plan', { body: source, signal }, (step) => {
        if ('plan' in step) plan = step.plan;
        else onProgress(step.progress);
      });
      if (!plan) throw new TypeError('The dry run ended without a plan.');
      return plan;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
