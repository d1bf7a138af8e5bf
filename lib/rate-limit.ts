import 'server-only';

const MINUTE_MS = 60_000;
const HOLDERS_MAX = 10_000;

interface Window {
  startedAt: number;
  requests: number;
}

const windows = new Map<string, Window>();

export interface Allowance {
  isAllowed: boolean;
  remaining: number;
  /** Until the next minute begins. */
  resetSeconds: number;
}

/** Counts a request of a holder in its present minute. In memory: each server counts for itself. */
export function claimRequest(holder: string, perMinute: number, now = Date.now()): Allowance {
  const known = windows.get(holder);
  const window = known && now - known.startedAt < MINUTE_MS ? known : { startedAt: now, requests: 0 };
  window.requests++;
  // As the newest: the holder that was not seen for longest is forgotten first.
  windows.delete(holder);
  windows.set(holder, window);
  const oldest = windows.keys().next().value;
  if (windows.size > HOLDERS_MAX && oldest !== undefined) windows.delete(oldest);
  return {
    isAllowed: window.requests <= perMinute,
    remaining: Math.max(0, perMinute - window.requests),
    resetSeconds: Math.max(1, Math.ceil((window.startedAt + MINUTE_MS - now) / 1000)),
  };
}
