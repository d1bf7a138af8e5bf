/**
 * What the history of a metric lets expect: the median, and around it a band as wide as the history itself varies. Medians
 * do not move for a few outliers, so that an anomaly of yesterday does not excuse the one of today.
 */
import { median } from './history.ts';

export interface Point {
  /** ISO 8601, UTC. */
  at: string;
  value: number;
}

export interface Band {
  lower: number;
  expected: number;
  upper: number;
  /** How many points made it. */
  points: number;
  /** 7 where each day of the week has a level of its own. */
  season?: number;
}

/** Too few points to tell. */
export interface Learning {
  points: number;
  needed: number;
}

export const NEEDED = 14;
/** Of each day of the week, before days are compared with their like. */
const SEASONS = 3;
/** Days of the week are told apart where that leaves no more than this of the deviations. */
const EXPLAINED = 0.5;
/** Widths of the band in standard deviations, as the median of the deviations estimates it. */
const DEVIATIONS = 4;
const MAD_TO_DEVIATION = 1.4826;
/** The least width, as a share of what is expected: a flat history does not promise the last digit. */
const LEAST_SHARE = 0.05;

export function expectedBand(points: Point[], at: string): Band | Learning {
  if (points.length < NEEDED) return { points: points.length, needed: NEEDED };
  return seasonalBand(points, at) ?? bandAround(points.map(({ value }) => value));
}

export const isLearning = (band: Band | Learning): band is Learning => 'needed' in band;

export function isOutside(value: number, { lower, upper }: Band): boolean {
  return value < lower || value > upper;
}

function bandAround(values: number[], deviations = deviationsFrom(values)): Band {
  const expected = median(values);
  const width = Math.max(DEVIATIONS * MAD_TO_DEVIATION * median(deviations), LEAST_SHARE * Math.abs(expected));
  return { lower: expected - width, expected, upper: expected + width, points: values.length };
}

function deviationsFrom(values: number[]): number[] {
  const level = median(values);
  return values.map((value) => Math.abs(value - level));
}

/** Around the level of this day of the week, where the days' own levels explain most of what the values vary. */
function seasonalBand(points: Point[], at: string): Band | undefined {
  const byDay = Map.groupBy(points, (point) => weekday(point.at));
  const days = [...byDay.values()].map((day) => day.map(({ value }) => value));
  const own = byDay.get(weekday(at))?.map(({ value }) => value) ?? [];
  if (days.length < 2 || [...days, own].some((day) => day.length < SEASONS)) return undefined;
  const deviations = days.flatMap(deviationsFrom);
  const all = deviationsFrom(points.map(({ value }) => value));
  if (sum(deviations) > sum(all) * EXPLAINED) return undefined;
  return { ...bandAround(own, deviations), points: points.length, season: 7 };
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const weekday = (at: string) => new Date(at).getUTCDay();
