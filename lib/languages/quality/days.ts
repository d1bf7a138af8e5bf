const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of a moment in a zone: `2026-11-26`. */
export function dayOf(at: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format.format(at);
}

/** The last `count` calendar days, today last. */
export function lastDays(now: number, count: number, timeZone: string): string[] {
  const today = Date.parse(`${dayOf(now, timeZone)}T00:00:00Z`);
  return Array.from({ length: count }, (_, index) =>
    new Date(today - (count - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}

/** When a calendar day begins in a zone, in milliseconds since the epoch: found by asking, as zones change their hour. */
export function startOfDay(day: string, timeZone: string): number {
  const middle = Date.parse(`${day}T00:00:00Z`);
  let [before, after] = [middle - DAY_MS, middle + DAY_MS];
  while (after - before > 1) {
    const at = Math.floor((before + after) / 2);
    if (dayOf(at, timeZone) < day) before = at;
    else after = at;
  }
  return after;
}
