import { columnKind } from '../column-kind.ts';
import type { Cell } from '../schemas.ts';
import { compareCells } from './compare-cells.ts';
import { grown } from './order-rows.ts';

/** What is known of a column's values, over every row of a view. Numbers stay texts where their digits count. */
export interface ColumnStats {
  rows: number;
  nulls: number;
  emptyTexts: number;
  distinct: number;
  /** There were more different values than are counted. */
  isDistinctCut: boolean;
  min?: string;
  max?: string;
  mean?: number;
  /** Of numbers and times; `from` and `to` in milliseconds since the epoch for times. */
  bins?: { from: number; to: number; count: number }[];
  /** The most frequent values of what is neither. */
  top?: { value: string; count: number }[];
}

const DISTINCT_MAX = 1_000_000;
const BINS = 20;
const TOP = 6;

/** Takes a column's values one after the other. */
export class StatsFold {
  readonly #kind: ReturnType<typeof columnKind>;
  readonly #compare: (a: string, b: string) => number;
  readonly #counts = new Map<string, number>();
  #isCut = false;
  #rows = 0;
  #nulls = 0;
  #emptyTexts = 0;
  #min: string | undefined;
  #max: string | undefined;
  #numbers = new Float64Array(1024);
  #numberCount = 0;
  #sum = 0;

  constructor(type: string) {
    this.#kind = columnKind(type);
    this.#compare = compareCells(type);
  }

  add(cell: Cell): void {
    this.#rows++;
    if (cell === null) {
      this.#nulls++;
      return;
    }
    if (cell === '') this.#emptyTexts++;
    const known = this.#counts.get(cell);
    if (known !== undefined || this.#counts.size < DISTINCT_MAX) this.#counts.set(cell, (known ?? 0) + 1);
    else this.#isCut = true;
    if (this.#min === undefined || this.#compare(cell, this.#min) < 0) this.#min = cell;
    if (this.#max === undefined || this.#compare(cell, this.#max) > 0) this.#max = cell;
    if (this.#kind === 'number') this.#addNumber(Number(cell));
    else if (this.#kind === 'time') this.#addNumber(timeOf(cell));
  }

  #addNumber(value: number): void {
    if (!Number.isFinite(value)) return;
    if (this.#numberCount === this.#numbers.length) this.#numbers = grown(this.#numbers);
    this.#numbers[this.#numberCount++] = value;
    this.#sum += value;
  }

  finish(): ColumnStats {
    const isMeasured = this.#kind === 'number' || this.#kind === 'time';
    const numbers = this.#numbers.subarray(0, this.#numberCount);
    return {
      rows: this.#rows,
      nulls: this.#nulls,
      emptyTexts: this.#emptyTexts,
      distinct: this.#counts.size,
      isDistinctCut: this.#isCut,
      ...(this.#min === undefined ? {} : { min: clipped(this.#min) }),
      ...(this.#max === undefined ? {} : { max: clipped(this.#max) }),
      ...(this.#kind === 'number' && numbers.length > 0 ? { mean: this.#sum / numbers.length } : {}),
      ...(isMeasured ? { bins: binsOf(numbers) } : { top: this.#top() }),
    };
  }

  #top(): { value: string; count: number }[] {
    const most: { value: string; count: number }[] = [];
    for (const [value, count] of this.#counts) {
      if (most.length === TOP && count <= (most.at(-1)?.count ?? 0)) continue;
      most.push({ value, count });
      most.sort((a, b) => b.count - a.count);
      if (most.length > TOP) most.pop();
    }
    return most.map(({ value, count }) => ({ value: clipped(value), count }));
  }
}

function binsOf(numbers: Float64Array): { from: number; to: number; count: number }[] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    if (number < least) least = number;
    if (number > most) most = number;
  }
  if (numbers.length === 0) return [];
  if (least === most) return [{ from: least, to: most, count: numbers.length }];
  const width = most / BINS - least / BINS;
  const counts = new Array<number>(BINS).fill(0);
  for (const number of numbers) {
    const bin = Math.min(BINS - 1, Math.floor((number - least) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count, bin) => ({ from: least + bin * width, to: least + (bin + 1) * width, count }));
}

/** `2026-11-25 14:03:00.000 UTC` and its shorter forms, in milliseconds; NaN for a zone that only a calendar knows. */
export function timeOf(cell: string): number {
  const { day, clock, zone } =
    /^(?<day>\d{4,}-\d\d-\d\d)?[ T]?(?<clock>\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?: ?(?<zone>.+))?$/.exec(cell)?.groups ??
    {};
  const offset = zone === undefined || zone === 'UTC' ? 'Z' : zone;
  return Date.parse(`${day ?? '1970-01-01'}T${clock ?? '00:00'}${offset}`);
}

const clipped = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
