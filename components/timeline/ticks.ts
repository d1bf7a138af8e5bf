const milliseconds = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const seconds = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400];
const MOST = 6;

/** Returns the marks of a time axis from 0 to `span` milliseconds: round times, six of them at most. */
export function ticksOf(span: number): number[] {
  const step = [...milliseconds, ...seconds.map((s) => s * 1000)].find((each) => span / each <= MOST) ?? span;
  const count = Math.max(1, Math.ceil(span / step));
  // A mark at the very end would have no room for its time.
  return Array.from({ length: count }, (_, index) => index * step).filter((tick) => tick <= span * 0.92);
}
