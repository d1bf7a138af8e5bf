/**
 * What the history of a metric lets expect: a level that may grow or shrink steadily and differ by the day of the week, and
 * around it a band as wide as the history itself varies. All of it is medians, which do not move for a few outliers, so that
 * an anomaly of yesterday does not excuse the one of today.
 */
import { median } from './history.ts';
import { type DatedValue, trendOf } from './trend.ts';

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
  /** By how much the metric grows a day, less than 0 where it shrinks; left out where it does neither. */
  trend?: number;
}

/** Too few points to tell. */
export interface Learning {
  points: number;
  needed: number;
}

export const NEEDED = 14;
/** Of each day of the week, before days are compared with their like. */
const SEASONS = 3;
/** A trend, or days of the week, count where they leave no more than this of the deviations. */
const EXPLAINED = 0.5;
/** Widths of the band in standard deviations, as the median of the deviations estimates it. */
const DEVIATIONS = 4;
const MAD_TO_DEVIATION = 1.4826;
/** The least width, as a share of what is expected: a flat history does not promise the last digit. */
const LEAST_SHARE = 0.05;
/** As many of the points may be wild when ways to say what is usual are compared. */
const WILD = 0.15;
/** While days of the week cannot be told apart, the band holds at least nine of ten points, and half as much again. */
const [HELD, HELD_WIDTHS] = [0.9, 1.5];
const DAY_MS = 86_400_000;

interface Dated extends DatedValue {
  group: number;
}

export function expectedBand(history: Point[], at: string): Band | Learning {
  if (history.length < NEEDED) return { points: history.length, needed: NEEDED };
  return bandOf(sinceBreak(history.map(dated)), dated({ at, value: 0 }));
}

function dated({ at, value }: Point): Dated {
  const time = Date.parse(at);
  return { day: time / DAY_MS, value, group: new Date(time).getUTCDay() };
}

export const isLearning = (band: Band | Learning): band is Learning => 'needed' in band;

export function isOutside(value: number, { lower, upper }: Pick<Band, 'lower' | 'upper'>): boolean {
  return value < lower || value > upper;
}

/**
 * The points since the level changed for good: where all of the last are outside, on one side, of what those before let
 * expect, what was before says nothing any more.
 */
function sinceBreak(history: Dated[]): Dated[] {
  const [before, recent] = [history.slice(0, -NEEDED), history.slice(-NEEDED)];
  const [first] = recent;
  if (before.length < NEEDED || !first) return history;
  const { lower, upper } = bandOf(before, first);
  const isNew = recent.every(({ value }) => value < lower) || recent.every(({ value }) => value > upper);
  return isNew ? recent : history;
}

/** A way to say what is usual. */
interface Model {
  trend: number;
  season?: number;
  /** What is expected at the moment that is asked for. */
  expected: number;
  /** How far each point was from what the model says of it. */
  deviations: number[];
}

function bandOf(points: Dated[], at: Dated): Band {
  const { trend, season, expected, deviations } = bestModel(points, at);
  const deviation = MAD_TO_DEVIATION * median(deviations) * (trend === 0 ? 1 : reach(points, at));
  const held = knowsDays(points) ? 0 : HELD_WIDTHS * quantile(deviations, HELD);
  const width = Math.max(DEVIATIONS * deviation, held, LEAST_SHARE * Math.abs(expected));
  return {
    ...{ lower: expected - width, expected, upper: expected + width, points: points.length },
    ...(season === undefined ? {} : { season }),
    ...(trend === 0 ? {} : { trend }),
  };
}

/** The simplest that explains what the values vary: each that says more must leave half of the deviations at the most. */
function bestModel(points: Dated[], at: Dated): Model {
  const slope = trendOf(points.map(({ day, value }) => ({ day, value })));
  const seasonalSlope = trendOf(points);
  const others = [
    slope === 0 ? undefined : flatModel(points, at, slope),
    seasonalModel(points, at, 0),
    seasonalSlope === 0 ? undefined : seasonalModel(points, at, seasonalSlope),
  ];
  const flat = flatModel(points, at, 0);
  return others.reduce<Model>((best, model) => (model && explains(model, best) ? model : best), flat);
}

const explains = (model: Model, other: Model) => spread(model) <= spread(other) * EXPLAINED;

/** The mean of the deviations without the wildest: their median would not see that two days of the week are different. */
function spread({ deviations }: Model): number {
  return mean(deviations.toSorted((a, b) => a - b).slice(0, Math.ceil(deviations.length * (1 - WILD))));
}

function flatModel(points: Dated[], at: Dated, trend: number): Model {
  const values = levelled(points, at, trend);
  return { trend, expected: median(values), deviations: deviationsFrom(values) };
}

/** Each day of the week has its own level; undefined where there are not enough of each. */
function seasonalModel(points: Dated[], at: Dated, trend: number): Model | undefined {
  const values = levelled(points, at, trend);
  const days = Map.groupBy(values.keys(), (index) => points[index]?.group);
  const levels = new Map([...days].map(([group, indices]) => [group, indices.map((index) => values[index] as number)]));
  const own = levels.get(at.group) ?? [];
  if (own.length < SEASONS || !knowsDays(points)) return undefined;
  return { trend, season: 7, expected: median(own), deviations: [...levels.values()].flatMap(deviationsFrom) };
}

/** There are enough points of each day of the week that has any. */
function knowsDays(points: Dated[]): boolean {
  const days = [...Map.groupBy(points, ({ group }) => group).values()];
  return days.length > 1 && days.every(({ length }) => length >= SEASONS);
}

/** The values as they would be at a moment. */
function levelled(points: Dated[], at: Dated, trend: number): number[] {
  return points.map(({ value, day }) => value + trend * (at.day - day));
}

/** The middle one of an odd number is no measure of how much they vary: it is the level itself. */
function deviationsFrom(values: number[]): number[] {
  const level = median(values);
  const all = values.map((value) => Math.abs(value - level)).toSorted((a, b) => a - b);
  return values.length % 2 === 1 ? all.slice(1) : all;
}

/** A trend is the less certain the farther the moment is from the middle of the points: as for a line of least squares. */
function reach(points: Dated[], { day }: Dated): number {
  const middle = mean(points.map((point) => point.day));
  const squares = points.reduce((sum, point) => sum + (point.day - middle) ** 2, 0);
  return Math.sqrt(1 + 1 / points.length + (squares === 0 ? 0 : (day - middle) ** 2 / squares));
}

const mean = (values: number[]) => values.reduce((total, value) => total + value, 0) / values.length;

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}
