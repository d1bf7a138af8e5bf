/** Longer delays make a timer of Node fire at once. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/** Calls `ring` after `ms` milliseconds, however many. Returns the way to stop that. */
export function setAlarm(ms: number, ring: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wind = (left: number) => {
    const now = Math.min(left, TIMER_MS_MAX);
    timer = setTimeout(() => (left > now ? wind(left - now) : ring()), Math.max(now, 0));
  };
  wind(ms);
  return () => clearTimeout(timer);
}
