import { setAlarm } from './alarm.ts';
import type { Frame, Run } from './run.ts';

/** Waits, durably, until `due` (milliseconds since the epoch). What was waited for before a restart is not repeated. */
export async function pauseUntil(due: number, run: Run, { branch, signal }: Frame): Promise<void> {
  if (branch.hasRecorded) return;
  await run.journal.flush();
  // Timers may fire a little early by the clock.
  for (let left = due - run.clock(); left > 0; left = due - run.clock()) await rest(left, signal);
  signal.throwIfAborted();
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = () => reject(signal.reason);
  const stopAlarm = setAlarm(ms, resolve);
  signal.addEventListener('abort', onAbort, { once: true });
  return promise.finally(() => {
    stopAlarm();
    signal.removeEventListener('abort', onAbort);
  });
}
