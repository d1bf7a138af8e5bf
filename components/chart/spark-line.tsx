interface SparkLineProps {
  /** Oldest first. */
  values: readonly number[];
}

const WIDTH = 72;
const HEIGHT = 20;
const EDGE = 2;

/** The shape of a few numbers; the numbers themselves stand beside it. Nothing for fewer than two. */
export function SparkLine({ values }: SparkLineProps) {
  if (values.length < 2) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (index: number) => EDGE + (index * (WIDTH - 2 * EDGE)) / (values.length - 1);
  const y = (value: number) => HEIGHT - EDGE - ((value - low) / (high - low || 1)) * (HEIGHT - 2 * EDGE);
  const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <polyline points={points} fill="none" stroke="var(--c1)" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
}
