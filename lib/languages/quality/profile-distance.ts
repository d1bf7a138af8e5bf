import type { ColumnProfile } from './table-profile.ts';

export interface Distance {
  /** Population stability index: 0 is equal, from 0.25 on another population. */
  psi: number;
  /** Jensen–Shannon divergence in bits: 0 is equal, 1 has nothing in common. */
  js: number;
}

const BINS = 20;
/** Where one side has no row of a bin, the logarithm still has something to work on. */
const FLOOR = 1e-4;

/** How far two columns' values are apart; undefined where neither has a histogram nor frequent values. */
export function distributionDistance(
  before: ColumnProfile,
  after: ColumnProfile,
  counts: { before: number; after: number },
): Distance | undefined {
  const shares =
    before.histogram && after.histogram
      ? binShares(before.histogram, after.histogram)
      : categoryShares(before.top, after.top, counts);
  return shares && distance(shares);
}

type Shares = [before: number, after: number][];

function distance(shares: Shares): Distance {
  let [psi, js] = [0, 0];
  for (const [p, q] of shares) {
    const [a, b] = [Math.max(p, FLOOR), Math.max(q, FLOOR)];
    psi += (b - a) * Math.log(b / a);
    const middle = (p + q) / 2;
    if (p > 0) js += (p / 2) * Math.log2(p / middle);
    if (q > 0) js += (q / 2) * Math.log2(q / middle);
  }
  return { psi, js: Math.min(1, Math.max(0, js)) };
}

type Histogram = NonNullable<ColumnProfile['histogram']>;

/** Both over the range of both, the rows of a bin spread evenly over it. */
function binShares(before: Histogram, after: Histogram): Shares {
  const from = Math.min(before[0]?.from ?? 0, after[0]?.from ?? 0);
  const to = Math.max(before.at(-1)?.to ?? 0, after.at(-1)?.to ?? 0);
  const old = rebinned(before, from, to);
  const now = rebinned(after, from, to);
  return old.map((share, index) => [share, now[index] ?? 0]);
}

function rebinned(histogram: Histogram, from: number, to: number): number[] {
  const shares = new Array<number>(BINS).fill(0);
  const all = histogram.reduce((sum, { rows }) => sum + rows, 0) || 1;
  const place = (value: number) => (to === from ? 0 : ((value - from) / (to - from)) * BINS);
  for (const bin of histogram) {
    const [start, end] = [place(bin.from), place(bin.to)];
    const first = Math.min(BINS - 1, Math.floor(start));
    if (end <= start) {
      shares[first] = (shares[first] ?? 0) + bin.rows / all;
      continue;
    }
    for (let index = first; index < Math.min(BINS, Math.ceil(end)); index++) {
      const part = (Math.min(end, index + 1) - Math.max(start, index)) / (end - start);
      shares[index] = (shares[index] ?? 0) + (part * bin.rows) / all;
    }
  }
  return shares;
}

/** Values that neither list names are one more category. */
function categoryShares(
  before: ColumnProfile['top'],
  after: ColumnProfile['top'],
  counts: { before: number; after: number },
): Shares | undefined {
  if (before.length === 0 || after.length === 0) return undefined;
  // The end of a list of many values is chance.
  const isNamed = (rows: number, count: number) => rows / count >= 0.005;
  const named = [
    ...before.filter(({ rows }) => isNamed(rows, counts.before)),
    ...after.filter(({ rows }) => isNamed(rows, counts.after)),
  ];
  const names = [...new Set(named.map(({ value }) => value))];
  if (names.length === 0) return undefined;
  const [old, now] = [sharesOf(before, counts.before), sharesOf(after, counts.after)];
  const shares = names.map((name): [number, number] => [old.get(name) ?? 0, now.get(name) ?? 0]);
  const rest = (index: 0 | 1) => Math.max(0, 1 - shares.reduce((sum, each) => sum + each[index], 0));
  return [...shares, [rest(0), rest(1)]];
}

function sharesOf(top: ColumnProfile['top'], count: number): Map<string, number> {
  return new Map(top.map(({ value, rows }) => [value, rows / count]));
}
