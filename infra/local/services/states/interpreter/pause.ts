import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Run } from './run.ts';

/** Longer delays make a timer of Node fire at once. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/** Waits, durably, until `due` (milliseconds since the epoch). What was waited for before a restart is not repeated. */
export async function pauseUntil(due: number, run: Run, { branch, signal }: Frame): Promise<void> {
  if (branch.hasRecorded) return;
  await run.journal.flush();
  for (let left = due - run.clock(); left > 0; left = due - run.clock()) {
    await sleep(Math.min(left, TIMER_MS_MAX), undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  signal.throwIfAborted();
}
