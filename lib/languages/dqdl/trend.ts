/**
 * How a metric grows or shrinks, robustly: Sen's slope, which is the median of the slopes between all pairs of points, so that
 * up to a quarter of the points may be wild.
 * https://en.wikipedia.org/wiki/Theil%E2%80%93Sen_estimator
 */
import { median } from './history.ts';

/** A half must grow by this share of what the whole does: a step up once is no growth. */
const SEEN_IN_EACH_HALF = 1 / 3;

export interface DatedValue {
  /** Days since the epoch, with the time of day as a fraction. */
  day: number;
  value: number;
  /** Only values of one group are compared. */
  group?: number;
}

/** By how much a day, where the first half of the values tells it as well as the second; 0 where they do not. Oldest first. */
export function trendOf(values: readonly DatedValue[]): number {
  const whole = slopeOf(values);
  if (whole === 0) return 0;
  const middle = values.length >> 1;
  const halves = [values.slice(0, middle), values.slice(middle)].map(slopeOf);
  return halves.every((slope) => slope / whole >= SEEN_IN_EACH_HALF) ? whole : 0;
}

function slopeOf(values: readonly DatedValue[]): number {
  const slopes: number[] = [];
  for (const [index, one] of values.entries())
    for (let at = index + 1; at < values.length; at++) {
      const other = values[at] as DatedValue;
      if (other.day > one.day && one.group === other.group)
        slopes.push((other.value - one.value) / (other.day - one.day));
    }
  return slopes.length === 0 ? 0 : median(slopes);
}
