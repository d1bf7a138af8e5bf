import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = { least: 5, most: 100, share: 0.05 };

/**
 * Asks until there is an answer. The longer the wait, the rarer the question, so that it costs a short job little time
 * and a long one little work; `wake`, where there is one, tells when to ask at once.
 */
export async function waitFor<T>(
  ask: () => Promise<T | undefined>,
  signal: AbortSignal,
  wake?: () => { promise: Promise<void>; stop: () => void },
): Promise<T> {
  const started = performance.now();
  for (;;) {
    signal.throwIfAborted();
    // Listening begins before asking: nothing may change unheard in between.
    const woken = wake?.();
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      const elapsed = performance.now() - started;
      const interval = Math.min(INTERVAL_MS.most, Math.max(INTERVAL_MS.least, elapsed * INTERVAL_MS.share));
      await Promise.race([
        sleep(interval, undefined, { signal }).catch(() => undefined),
        ...(woken ? [woken.promise] : []),
      ]);
    } finally {
      woken?.stop();
    }
  }
}
