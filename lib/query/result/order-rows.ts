import { columnKind } from '../column-kind.ts';
import type { Cell } from '../schemas.ts';
import { compareCells, compareExactly } from './compare-cells.ts';

/** Takes the values of the column that rows are sorted by, one after the other, and gives the rows' order. */
export class RowOrder {
  readonly #isNumber: boolean;
  readonly #compare: (a: string, b: string) => number;
  /** Where a double may hold two numbers as one. */
  readonly #isExact: boolean;
  #doubles = new Float64Array(1024);
  readonly #texts: Cell[] = [];
  #nulls: number[] = [];
  #count = 0;

  constructor(type: string) {
    this.#isNumber = columnKind(type) === 'number';
    this.#isExact = /^(bigint|decimal)/.test(type);
    this.#compare = compareCells(type);
  }

  add(cell: Cell): void {
    if (cell === null) this.#nulls.push(this.#count);
    if (!this.#isNumber || this.#isExact) this.#texts.push(cell);
    if (this.#isNumber) {
      if (this.#count === this.#doubles.length) this.#doubles = grown(this.#doubles);
      this.#doubles[this.#count] = Number(cell);
    }
    this.#count++;
  }

  /** Nulls are last either way, as in Athena; rows of the same value stay in the result's order. */
  finish(isDescending: boolean): Uint32Array {
    const nulls = new Set(this.#nulls);
    const order = new Uint32Array(this.#count - nulls.size);
    for (let row = 0, at = 0; row < this.#count; row++) if (!nulls.has(row)) order[at++] = row;
    const compare = this.#isNumber ? this.#compareDoubles : this.#compareTexts;
    order.sort(isDescending ? (a, b) => compare(b, a) || a - b : (a, b) => compare(a, b) || a - b);
    const all = new Uint32Array(this.#count);
    all.set(order);
    all.set(this.#nulls, order.length);
    return all;
  }

  readonly #compareDoubles = (a: number, b: number): number => {
    const left = this.#doubles[a] as number;
    const right = this.#doubles[b] as number;
    if (left < right) return -1;
    if (left > right) return 1;
    if (left !== right) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    return this.#isExact ? compareExactly(this.#texts[a] ?? '', this.#texts[b] ?? '') : 0;
  };

  readonly #compareTexts = (a: number, b: number): number => this.#compare(this.#texts[a] ?? '', this.#texts[b] ?? '');
}

export function grown<T extends Float64Array | Uint32Array>(full: T): T {
  const larger = new (full.constructor as new (length: number) => T)(full.length * 2);
  larger.set(full as never);
  return larger;
}
