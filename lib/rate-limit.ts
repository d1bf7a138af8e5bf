import 'server-only';

const HOLDERS_MAX = 10_000;

interface Window {
  startedAt: number;
  claims: number;
}

export interface Allowance {
  isAllowed: boolean;
  remaining: number;
  /** Until the holder's window ends and the next begins. */
  resetSeconds: number;
}

/** So many claims of each holder in a window of time. In memory: each server counts for itself. */
export class RateLimit {
  readonly #windows = new Map<string, Window>();
  readonly #max: number;
  readonly #windowMs: number;

  constructor({ max, windowMs }: { max: number; windowMs: number }) {
    this.#max = max;
    this.#windowMs = windowMs;
  }

  /** Counts one, allowed or not. */
  claim(holder: string, now = Date.now()): Allowance {
    const known = this.#windows.get(holder);
    const window = known && now - known.startedAt < this.#windowMs ? known : { startedAt: now, claims: 0 };
    window.claims++;
    // As the newest: the holder that was not seen for longest is forgotten first.
    this.#windows.delete(holder);
    this.#windows.set(holder, window);
    const oldest = this.#windows.keys().next().value;
    if (this.#windows.size > HOLDERS_MAX && oldest !== undefined) this.#windows.delete(oldest);
    return {
      isAllowed: window.claims <= this.#max,
      remaining: Math.max(0, this.#max - window.claims),
      resetSeconds: Math.max(1, Math.ceil((window.startedAt + this.#windowMs - now) / 1000)),
    };
  }

  /** Takes a claim back, where it turned out to be no attempt at anything. */
  giveBack(holder: string): void {
    const window = this.#windows.get(holder);
    if (window && window.claims > 0) window.claims--;
  }
}
