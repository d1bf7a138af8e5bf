interface SparkLineProps {
  /** Oldest first; null where nothing is known. */
  values: readonly (number | null)[];
  /** The scale reaches at least from `low` to `high`. */
  low?: number;
  high?: number;
}

const [WIDTH, HEIGHT] = [80, 20];
const EDGE = 3;

/** The shape of a few numbers; the numbers themselves stand beside it. Nothing for fewer than two. */
export function SparkLine({ values, low = Number.POSITIVE_INFINITY, high = Number.NEGATIVE_INFINITY }: SparkLineProps) {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  const last = known.at(-1);
  if (known.length < 2 || !last) return null;
  const least = Math.min(low, ...known.map(({ value }) => value));
  const most = Math.max(high, ...known.map(({ value }) => value));
  const x = (index: number) => EDGE + (index * (WIDTH - 2 * EDGE)) / (values.length - 1);
  const y = (value: number) => HEIGHT - EDGE - ((value - least) / (most - least || 1)) * (HEIGHT - 2 * EDGE);
  const points = known.map(({ value, index }) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" className="inline-block">
      <polyline points={points} fill="none" stroke="var(--c1)" strokeWidth="1.5" strokeLinejoin="round" />
      <circle cx={x(last.index)} cy={y(last.value)} r="2" fill="var(--c1)" />
    </svg>
  );
}
