import type { ErrorReport } from '@/lib/errors';
import { isFinished } from '@/lib/query/query-options';
import type { Query } from '@/lib/query/schemas';
import type { Run } from './tab-store';

export interface RunSteps {
  /** Sends a statement; undefined where the person would rather not. */
  send: (run: Run) => Promise<string | undefined>;
  /** Resolves when the query has ended, however. */
  ended: (id: string) => Promise<Query>;
  change: (index: number, change: Partial<Run>) => void;
  isStopped: () => boolean;
  report: (error: unknown) => ErrorReport;
}

/** Runs statements one after the other; behind one that fails, is refused or is cancelled nothing is run any more. */
export async function runInTurn(
  runs: readonly Run[],
  { send, ended, change, isStopped, report }: RunSteps,
): Promise<void> {
  for (const [index, run] of runs.entries()) {
    change(index, { state: 'sending' });
    let isGood = false;
    try {
      const id = isStopped() ? undefined : await send(run);
      if (id !== undefined) {
        change(index, { state: 'sent', id });
        const query = await ended(id);
        isGood = isFinished(query) && query.status === 'succeeded';
      } else change(index, { state: 'notRun' });
    } catch (error) {
      change(index, { state: 'refused', refusal: report(error) });
    }
    if (isGood && !isStopped()) continue;
    for (let later = index + 1; later < runs.length; later++) change(later, { state: 'notRun' });
    return;
  }
}
