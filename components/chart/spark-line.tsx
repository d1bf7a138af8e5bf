const [WIDTH, HEIGHT] = [88, 18];

/** A trend in a table's row: only its shape, as its last value stands beside it in figures. From 0 to 1. */
export function SparkLine({ values }: { values: readonly (number | null)[] }) {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  if (known.length < 2) return null;
  const floor = Math.min(0.9, ...known.map(({ value }) => value));
  const x = (index: number) => 2 + (index / Math.max(1, values.length - 1)) * (WIDTH - 4);
  const y = (value: number) => HEIGHT - 3 - ((value - floor) / (1 - floor || 1)) * (HEIGHT - 6);
  const last = known.at(-1);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true" className="inline-block">
      <polyline
        points={known.map(({ value, index }) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}
        fill="none"
        stroke="var(--c1)"
        strokeWidth="1.5"
      />
      {last && <circle cx={x(last.index)} cy={y(last.value)} r="2" fill="var(--c1)" />}
    </svg>
  );
}
