/** Scores by day: pure, as what it folds are a few thousand small rows. */
import { dayOf } from './days.ts';
import type { TrendPoint } from './figures.ts';

export interface Scored {
  table: string;
  /** Milliseconds since the epoch. */
  at: number;
  score: number | null;
}

/** The score of each table at the end of each day: that of its last evaluation, which stays until the next. */
export function trendOfTables(
  rows: readonly Scored[],
  days: readonly string[],
  timeZone: string,
): Map<string, TrendPoint[]> {
  const byTable = new Map<string, Scored[]>();
  for (const row of rows.toSorted((a, b) => a.at - b.at))
    byTable.set(row.table, [...(byTable.get(row.table) ?? []), row]);
  return new Map([...byTable].map(([table, own]) => [table, carry(own, days, timeZone)]));
}

function carry(rows: readonly Scored[], days: readonly string[], timeZone: string): TrendPoint[] {
  let next = 0;
  let score: number | null = null;
  const dayed = rows.map((row) => ({ day: dayOf(row.at, timeZone), score: row.score }));
  return days.map((day) => {
    for (; next < dayed.length && (dayed[next]?.day ?? '') <= day; next++) score = dayed[next]?.score ?? null;
    return { day, score };
  });
}

/** The mean of the tables that have a score on that day. */
export function trendOfLake(tables: Iterable<readonly TrendPoint[]>, days: readonly string[]): TrendPoint[] {
  const all = [...tables];
  return days.map((day, index) => ({ day, score: mean(all.map((points) => points[index]?.score ?? null)) }));
}

export function mean(scores: readonly (number | null | undefined)[]): number | null {
  const known = scores.filter((score) => typeof score === 'number');
  return known.length === 0 ? null : known.reduce((sum, score) => sum + score, 0) / known.length;
}

/** How much the last day differs from the one before, and which table made most of it. */
export function changeOf(
  lake: readonly TrendPoint[],
  tables: ReadonlyMap<string, readonly TrendPoint[]>,
): { by: number; mostly?: string } | undefined {
  const by = difference(lake);
  if (by === undefined) return undefined;
  const moved = [...tables]
    .map(([table, points]) => ({ table, by: difference(points) ?? 0 }))
    .filter((each) => each.by !== 0 && Math.sign(each.by) === Math.sign(by))
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
  return { by, ...(moved[0] ? { mostly: moved[0].table } : {}) };
}

function difference(points: readonly TrendPoint[]): number | undefined {
  const [before, last] = [points.at(-2)?.score, points.at(-1)?.score];
  return typeof before === 'number' && typeof last === 'number' ? last - before : undefined;
}
