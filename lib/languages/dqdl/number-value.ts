/**
 * Numbers of conditions, and what dynamic rules compute from history: `0.9 * avg(last(10))`.
 * https://docs.aws.amazon.com/glue/latest/dg/dqdl.html#dqdl-dynamic-rules
 */
import { median } from './history.ts';
import { valuesOf } from './parse-condition.ts';
import { RuleError } from './rule-error.ts';
import type { Comparison, Condition, Value } from './ruleset.ts';

/** How far the history reached: `points` of the `needed` that `last` asked for. */
export interface Reach {
  points: number;
  needed: number;
}

/** Nothing is known yet of what the rule compares with. */
export class NoHistory extends Error {
  override readonly name = 'NoHistory';
}

type Computed = number | number[];

const AGGREGATES: Record<string, (values: number[]) => number> = {
  avg: mean,
  average: mean,
  mean,
  median,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  sum: (values) => values.reduce((total, value) => total + value, 0),
  std: (values) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2))),
};
AGGREGATES.stddev = AGGREGATES.std as (values: number[]) => number;

export const FUNCTIONS = ['last', 'index', 'percentile', 'abs', ...Object.keys(AGGREGATES)];

export class NumberValues {
  readonly reach: Reach = { points: 0, needed: 0 };
  readonly #past: number[];

  /** `past` is what the rule measured before, oldest first. */
  constructor(past: number[]) {
    this.#past = past;
  }

  holds(measured: number, condition: Condition): boolean {
    switch (condition.op) {
      case 'between': {
        const isBetween = measured > this.number(condition.low) && measured < this.number(condition.high);
        return isBetween !== condition.negated;
      }
      case 'in': {
        const values = Array.isArray(condition.values) ? condition.values : [];
        return values.some((value) => equal(measured, this.number(value))) !== condition.negated;
      }
      case 'matches':
        throw new RuleError('notANumber', 'a number cannot be matched with a pattern', {});
      default:
        return compare(measured, condition.op, this.number(condition.value));
    }
  }

  number(value: Value): number {
    const computed = this.#compute(value);
    if (typeof computed === 'number') return computed;
    if (computed.length === 1) return computed[0] as number;
    throw new RuleError('listWhereNumber', 'last(n) is a list: take avg(last(n)) or another function of it', {});
  }

  #compute(value: Value): Computed {
    switch (value.kind) {
      case 'number':
        return Number(value.text);
      case 'group':
        return this.#compute(value.value);
      case 'operation':
        return operate(value.op, this.number(value.left), this.number(value.right));
      case 'call':
        return this.#call(value.name, value.arguments);
      default:
        throw new RuleError('notANumber', 'a number was expected', {});
    }
  }

  #call(name: string, values: Value[]): Computed {
    if (name === 'last') return this.#last(values[0] ? this.number(values[0]) : 1);
    const [first, second] = values.map((value) => this.#compute(value));
    const list = Array.isArray(first) ? first : first === undefined ? [] : [first];
    const extra = Array.isArray(second) ? second[0] : second;
    if (list.length === 0) throw new RuleError('emptyFunction', `${name}() needs a value`, { function: name });
    if (name === 'abs') return Array.isArray(first) ? list.map(Math.abs) : Math.abs(list[0] as number);
    if (name === 'index') return list[list.length - 1 - Math.min(extra ?? 0, list.length - 1)] as number;
    if (name === 'percentile') return percentile(list, extra ?? 50);
    const aggregate = AGGREGATES[name];
    if (!aggregate) throw new RuleError('unknownFunction', `there is no function ${name}`, { function: name });
    return aggregate(list);
  }

  #last(count: number): number[] {
    const values = this.#past.slice(-count);
    this.reach.points = Math.max(this.reach.points, values.length);
    this.reach.needed = Math.max(this.reach.needed, count);
    if (values.length === 0) throw new NoHistory();
    return values;
  }
}

export const isDynamic = (condition: Condition): boolean => valuesOf(condition).some(callsLast);

function callsLast(value: Value): boolean {
  if (value.kind === 'call') return value.name === 'last' || value.arguments.some(callsLast);
  if (value.kind === 'operation') return callsLast(value.left) || callsLast(value.right);
  return value.kind === 'group' && callsLast(value.value);
}

function mean(values: number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

/** `percent` is 0 to 100; between two values it lies on the line from one to the other. */
function percentile(values: number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = ((sorted.length - 1) * Math.min(Math.max(percent, 0), 100)) / 100;
  const low = sorted[Math.floor(place)] as number;
  return low + ((sorted[Math.ceil(place)] as number) - low) * (place % 1);
}

function operate(op: '+' | '-' | '*' | '/', left: number, right: number): number {
  if (op === '/' && right === 0) throw new RuleError('divisionByZero', 'the condition divides by zero', {});
  return { '+': left + right, '-': left - right, '*': left * right, '/': left / right }[op];
}

/** Sums of doubles differ in their last digits from one engine to another. */
const equal = (left: number, right: number) =>
  left === right || Math.abs(left - right) <= 1e-12 * Math.max(Math.abs(left), Math.abs(right));

function compare(left: number, op: Comparison, right: number): boolean {
  switch (op) {
    case '=':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    case '>':
      return left > right && !equal(left, right);
    case '>=':
      return left >= right || equal(left, right);
    case '<':
      return left < right && !equal(left, right);
    case '<=':
      return left <= right || equal(left, right);
  }
}
