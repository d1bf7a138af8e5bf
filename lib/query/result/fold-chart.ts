import type { ChartConfig } from '../chart-config.ts';
import { columnKind } from '../column-kind.ts';
import type { Cell } from '../schemas.ts';
import { timeOf } from './column-stats.ts';
import { compareCells } from './compare-cells.ts';

/** What is drawn, and what of the result is in it. */
export interface ChartData {
  xKind: 'number' | 'time' | 'text';
  /** A name for each series; null is the null of the column that makes them. */
  series: { name: string | null; isOthers?: true }[];
  /** `at` is where a number or a time lies on its axis. */
  points: { x: string | null; isOthers?: true; at?: number; values: (number | null)[] }[];
  rows: number;
  usedRows: number;
  /** How many values of x were folded into “others” or left out. */
  foldedValues: number;
}

/** More points than this say nothing more, and the browser draws them slowly. */
const POINTS_MAX = 2_000;
const VALUES_MAX = 100_000;
const SERIES_SHOWN = 7;

interface Tally {
  count: number;
  sum: number;
  min: number;
  max: number;
}

interface Spot {
  x: string | null;
  tallies: Map<string | null, Tally>;
}

/** What the fold needs of each row: its x, its numbers, and what its series is made of. */
export interface ChartRow {
  x: Cell;
  y: Cell[];
  series: Cell | undefined;
}

const OTHERS = Symbol('others');

/** Takes a view's rows one after the other; memory is bounded by the different values, not by the rows. */
export class ChartFold {
  readonly #config: ChartConfig;
  readonly #xType: string;
  readonly #spots = new Map<string | null | typeof OTHERS, Spot>();
  readonly #seriesCounts = new Map<string | null, number>();
  /** Of rows that are points of their own, every so many-th is kept. */
  #stride = 1;
  #rows = 0;
  #foldedValues = 0;
  #points: { x: Cell; y: Cell[] }[] = [];

  constructor(config: ChartConfig, xType: string) {
    this.#config = config;
    this.#xType = xType;
  }

  add(row: ChartRow): void {
    const place = this.#rows++;
    if (this.#config.aggregation !== 'none') this.#tally(row);
    else if (this.#config.kind === 'scatter') this.#pick(row, place);
    else if (place < this.#config.limit) this.#points.push({ x: row.x, y: row.y });
  }

  /** Evenly among all rows, however many come. */
  #pick({ x, y }: ChartRow, place: number): void {
    if (place % this.#stride !== 0) return;
    this.#points.push({ x, y });
    if (this.#points.length <= POINTS_MAX) return;
    this.#points = this.#points.filter((_, index) => index % 2 === 0);
    this.#stride *= 2;
  }

  #tally({ x, y, series }: ChartRow): void {
    const isKnown = this.#spots.has(x) || this.#spots.size < VALUES_MAX;
    const spot = this.#spotOf(isKnown ? x : OTHERS);
    const names = series === undefined ? this.#yNames : [series];
    names.forEach((name, index) => {
      if (series !== undefined) this.#countSeries(name);
      const tally = tallyOf(spot, this.#nameOf(name));
      if (this.#config.y.length === 0) tally.count++;
      else addTo(tally, y[index] ?? null);
    });
  }

  get #yNames(): readonly string[] {
    return this.#config.y.length > 0 ? this.#config.y : [''];
  }

  #countSeries(name: string | null): void {
    if (this.#seriesCounts.size < VALUES_MAX || this.#seriesCounts.has(name))
      this.#seriesCounts.set(name, (this.#seriesCounts.get(name) ?? 0) + 1);
  }

  /** Series past the counted ones have no tally of their own, so that one column of names cannot fill the memory. */
  #nameOf(name: string | null): string | null {
    return this.#config.series === undefined || this.#seriesCounts.has(name) ? name : '';
  }

  #spotOf(key: string | null | typeof OTHERS): Spot {
    const spot = this.#spots.get(key) ?? { x: key === OTHERS ? null : key, tallies: new Map() };
    this.#spots.set(key, spot);
    return spot;
  }

  finish(): ChartData {
    const drawn = this.#config.aggregation === 'none' ? this.#ownPoints() : this.#folded();
    const numbered = drawn.xKind !== 'text';
    const points = drawn.points.map((point) => (numbered ? { ...point, ...this.#at(point.x) } : point));
    const usedRows = this.#config.aggregation === 'none' ? this.#points.length : this.#rows;
    return { ...drawn, points, rows: this.#rows, usedRows, foldedValues: this.#foldedValues };
  }

  #at(x: string | null): { at?: number } {
    if (x === null) return {};
    const at = columnKind(this.#xType) === 'time' ? timeOf(x) : Number(x);
    return Number.isFinite(at) ? { at } : {};
  }

  get #xKind(): ChartData['xKind'] {
    const kind = columnKind(this.#xType);
    return kind === 'number' || kind === 'time' ? kind : 'text';
  }

  #ownPoints(): Pick<ChartData, 'xKind' | 'series' | 'points'> {
    const points = this.#points.map(({ x, y }) => ({ x, values: y.map(numberOf) }));
    if (this.#config.kind !== 'scatter') this.#sort(points);
    return { xKind: this.#xKind, series: this.#config.y.map((name) => ({ name })), points };
  }

  #folded(): Pick<ChartData, 'xKind' | 'series' | 'points'> {
    const { names, hasOthers } = this.#shownSeries();
    const overflow = this.#spots.get(OTHERS);
    this.#spots.delete(OTHERS);
    const valuesOf = (spot: Spot) => {
      const values = names.map((name) => this.#valueOf(spot.tallies.get(name)));
      return hasOthers ? [...values, this.#valueOf(mergedBut(spot, new Set(names)))] : values;
    };
    const all = [...this.#spots.values()].map((spot) => ({ x: spot.x, values: valuesOf(spot), spot }));
    this.#sort(all);
    const kept = this.#keep(all);
    const cut = all.filter((point) => !kept.has(point)).map(({ spot }) => spot);
    if (overflow) cut.push(overflow);
    this.#foldedValues = cut.length;
    const points: ChartData['points'] = all.filter((point) => kept.has(point)).map(({ x, values }) => ({ x, values }));
    if (cut.length > 0 && this.#xKind === 'text') {
      points.push({ x: null, isOthers: true, values: valuesOf(mergedSpot(cut)) });
    }
    const series: ChartData['series'] = names.map((name) => ({ name }));
    if (hasOthers) series.push({ name: null, isOthers: true });
    return { xKind: this.#xKind, series, points };
  }

  #shownSeries(): { names: (string | null)[]; hasOthers: boolean } {
    if (this.#config.series === undefined) return { names: [...this.#yNames], hasOthers: false };
    const byCount = [...this.#seriesCounts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
    const hasOthers = byCount.length > SERIES_SHOWN + 1;
    const names = hasOthers ? byCount.slice(0, SERIES_SHOWN) : byCount;
    // By their names: a year keeps its place and its colour whichever is the most frequent; null is last.
    const inOrder = names.toSorted(
      (a, b) => Number(a === null) - Number(b === null) || (a ?? '').localeCompare(b ?? '', 'en', { numeric: true }),
    );
    return { names: inOrder, hasOthers };
  }

  /** Of names, the greatest; along an axis, evenly picked ones, so that the line keeps its shape. */
  #keep<T extends { values: (number | null)[] }>(all: T[]): Set<T> {
    const { limit } = this.#config;
    if (all.length <= limit) return new Set(all);
    if (this.#xKind === 'text') return new Set([...all].sort((a, b) => totalOf(b) - totalOf(a)).slice(0, limit));
    const step = (all.length - 1) / Math.max(1, limit - 1);
    return new Set(Array.from({ length: limit }, (_, index) => all[Math.round(index * step)] as T));
  }

  #sort(points: { x: string | null; values: (number | null)[] }[]): void {
    if (this.#config.sort === 'value') points.sort((a, b) => totalOf(b) - totalOf(a));
    if (this.#config.sort !== 'x') return;
    const compare = compareCells(this.#xType);
    points.sort((a, b) => {
      if (a.x === null || b.x === null) return Number(a.x === null) - Number(b.x === null);
      return compare(a.x, b.x);
    });
  }

  #valueOf(tally: Tally | undefined): number | null {
    const { aggregation, y } = this.#config;
    if (!tally) return aggregation === 'count' ? 0 : null;
    if (aggregation === 'count' || y.length === 0) return tally.count;
    if (tally.count === 0) return null;
    if (aggregation === 'avg') return tally.sum / tally.count;
    return aggregation === 'min' ? tally.min : aggregation === 'max' ? tally.max : tally.sum;
  }
}

function tallyOf(spot: Spot, name: string | null): Tally {
  const tally = spot.tallies.get(name) ?? emptyTally();
  spot.tallies.set(name, tally);
  return tally;
}

function emptyTally(): Tally {
  return { count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
}

function addTo(tally: Tally, cell: Cell): void {
  const value = numberOf(cell);
  if (value === null) return;
  tally.count++;
  tally.sum += value;
  tally.min = Math.min(tally.min, value);
  tally.max = Math.max(tally.max, value);
}

function merge(into: Tally, other: Tally): void {
  into.count += other.count;
  into.sum += other.sum;
  into.min = Math.min(into.min, other.min);
  into.max = Math.max(into.max, other.max);
}

function mergedBut(spot: Spot, names: Set<string | null>): Tally {
  const merged = emptyTally();
  for (const [name, tally] of spot.tallies) if (!names.has(name)) merge(merged, tally);
  return merged;
}

function mergedSpot(spots: Spot[]): Spot {
  const merged: Spot = { x: null, tallies: new Map() };
  for (const spot of spots) for (const [name, tally] of spot.tallies) merge(tallyOf(merged, name), tally);
  return merged;
}

function totalOf({ values }: { values: (number | null)[] }): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

function numberOf(cell: Cell): number | null {
  const value = cell === null || cell === '' ? Number.NaN : Number(cell);
  return Number.isFinite(value) ? value : null;
}
