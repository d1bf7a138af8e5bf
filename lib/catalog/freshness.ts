export const FRESHNESS = ['onTime', 'late', 'unknown'] as const;
/** `unknown`: nobody said how often rows are expected, or nothing tells when they last came. */
export type Freshness = (typeof FRESHNESS)[number];

const HOUR_MS = 3_600_000;
/** Rows of every day do not come at the same minute: a tenth later than expected is not late. */
const GRACE = 1.1;

/** Whether a table's rows are as new as people expect; `now` in milliseconds. */
export function freshnessOf(
  { loadedAt, cadenceHours }: { loadedAt?: number; cadenceHours?: number },
  now: number,
): Freshness {
  if (loadedAt === undefined || cadenceHours === undefined) return 'unknown';
  return now - loadedAt <= cadenceHours * HOUR_MS * GRACE ? 'onTime' : 'late';
}
