/**
 * Retry and Catch: which errors they match and how long a retry waits.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
import type { Catcher, Retrier } from './definition.ts';

const DEFAULTS = { intervalSeconds: 1, maxAttempts: 3, backoffRate: 2 };

/** Errors that `States.ALL` and `States.TaskFailed` do not stand for. */
const TERMINAL = new Set(['States.Runtime', 'States.DataLimitExceeded']);

export function matchesError(errorEquals: readonly string[], error: string | undefined): boolean {
  return errorEquals.some((name) => {
    if (name === error) return true;
    if (error !== undefined && TERMINAL.has(error)) return false;
    return name === 'States.ALL' || (name === 'States.TaskFailed' && error !== 'States.Timeout');
  });
}

export function findCatcher(catchers: readonly Catcher[] | undefined, error: string | undefined): Catcher | undefined {
  return catchers?.find((catcher) => matchesError(catcher.ErrorEquals, error));
}

/** Counts the attempts of one visit of a state; each retrier counts its own, as in AWS. */
export class RetryCounter {
  readonly #retriers: readonly Retrier[];
  readonly #attempts = new Map<Retrier, number>();

  constructor(retriers: readonly Retrier[] | undefined) {
    this.#retriers = retriers ?? [];
  }

  /** Milliseconds to wait before the next attempt, or `undefined` when the error is not to be retried (any more). */
  next(error: string | undefined, random: () => number): number | undefined {
    const retrier = this.#retriers.find(({ ErrorEquals }) => matchesError(ErrorEquals, error));
    if (!retrier) return undefined;
    const attempts = this.#attempts.get(retrier) ?? 0;
    if (attempts >= (retrier.MaxAttempts ?? DEFAULTS.maxAttempts)) return undefined;
    this.#attempts.set(retrier, attempts + 1);
    const delay = retryDelayMs(retrier, attempts);
    return retrier.JitterStrategy === 'FULL' ? random() * delay : delay;
  }
}

function retryDelayMs(retrier: Retrier, attempts: number): number {
  const interval = retrier.IntervalSeconds ?? DEFAULTS.intervalSeconds;
  const seconds = interval * (retrier.BackoffRate ?? DEFAULTS.backoffRate) ** attempts;
  return 1000 * Math.min(seconds, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
}
