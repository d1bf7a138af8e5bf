import type { ErrorReport } from '@/lib/errors';
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
export async function runInTurn(runs: readonly Run[], steps: RunSteps): Promise<void> {
  for (const [index, run] of runs.entries()) {
    if ((await succeeds(run, index, steps)) && !steps.isStopped()) continue;
    for (let later = index + 1; later < runs.length; later++) steps.change(later, { state: 'notRun' });
    return;
  }
}

async function succeeds(run: Run, index: number, { send, ended, change, report }: RunSteps): Promise<boolean> {
  change(index, { state: 'sending' });
  try {
    const id = await send(run);
    change(index, id === undefined ? { state: 'notRun' } : { state: 'sent', id });
    if (id === undefined) return false;
    // Where its end cannot be learned it is running all the same: what is shown of it says so.
    const query = await ended(id).catch(() => undefined);
    return query?.status === 'succeeded';
  } catch (error) {
    change(index, { state: 'refused', refusal: report(error) });
    return false;
  }
}
