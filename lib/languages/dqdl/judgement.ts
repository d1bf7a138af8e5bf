import type { Metrics, RuleResult } from '../quality/evaluation.ts';
import type { MetricPoint } from './history.ts';
import { type MetricContext, share } from './metrics-of.ts';
import { NoHistory, NumberValues } from './number-value.ts';
import { printCondition } from './print.ts';
import type { Readings } from './readings.ts';
import type { Condition } from './ruleset.ts';
import type { Relation } from './table.ts';

/** What an evaluation finds of one rule. */
export interface Judgement {
  result: RuleResult;
  message?: string;
  code?: string;
  values?: Record<string, string | number>;
  metrics: Metrics;
  failingRows?: number;
  checkedRows?: number;
  learning?: { points: number; needed: number };
}

/** Judges a rule once the statements are answered. */
export type Check = (readings: Readings) => Judgement;

export interface RuleContext extends MetricContext {
  relation: Relation;
  history: MetricPoint[];
  now: Date;
}

export const failed = (
  code: string,
  message: string,
  values: Record<string, string | number>,
  metrics: Metrics,
): Judgement => ({ result: 'FAIL', code, message, values, metrics });

/** Judges one number by a condition; `past` is what it was before. */
export function judgeNumber(
  metric: string,
  measured: number | undefined,
  condition: Condition,
  past: number[],
  metrics: Metrics = measured === undefined ? {} : { [metric]: measured },
): Judgement {
  if (measured === undefined)
    return failed('noValue', `${metric} cannot be measured: there are no values`, { metric }, metrics);
  const numbers = new NumberValues(past);
  try {
    const holds = numbers.holds(measured, condition);
    const text = printCondition(condition);
    const judged: Judgement = holds
      ? { result: 'PASS', metrics }
      : failed(
          'notMet',
          `${metric} is ${shown(measured)}, not ${text}`,
          { metric, value: measured, condition: text },
          metrics,
        );
    const { points, needed } = numbers.reach;
    return points < needed ? { ...judged, learning: { points, needed } } : judged;
  } catch (error) {
    if (!(error instanceof NoHistory)) throw error;
    return noHistory(metrics, numbers.reach);
  }
}

/** A first evaluation cannot break a rule about earlier ones; it says that it only learns. */
export function noHistory(metrics: Metrics, learning: { points: number; needed: number }): Judgement {
  const message = `there is no history to compare with yet: ${learning.points} of ${learning.needed} points`;
  return { result: 'PASS', code: 'learning', message, values: { ...learning }, metrics, learning };
}

/** Judges rows by how many of them pass; without a threshold, all must. */
export function judgeRows(
  metric: string,
  { passing, checked, total }: { passing: number; checked: number; total: number },
  threshold: Condition | undefined,
  past: number[],
  others: Metrics = {},
): Judgement {
  const compliance = share(passing, checked);
  const metrics = compliance === undefined ? others : { ...others, [metric]: compliance };
  const counts = { failingRows: checked - passing, checkedRows: checked };
  if (total === 0) return { ...failed('noRows', 'there are no rows to look at', {}, metrics), ...counts };
  if (compliance === undefined) return { result: 'PASS', metrics, ...counts };
  const values = { failing: checked - passing, checked, percent: Math.floor(compliance * 10_000) / 100 };
  const message = `${values.failing} of ${values.checked} rows break the rule; ${values.percent}% keep it`;
  const broken = { ...failed('rows', message, values, metrics), ...counts };
  if (!threshold) return passing === checked ? { result: 'PASS', metrics, ...counts } : broken;
  const judged = judgeNumber(metric, compliance, threshold, past, metrics);
  return judged.code === 'notMet' ? { ...judged, ...broken } : { ...judged, ...counts };
}

const shown = (value: number) => String(Number(value.toPrecision(12)));
