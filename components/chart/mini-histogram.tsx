import type { ColumnProfile } from '@/lib/languages/quality/table-profile.ts';

const MAX_BARS = 20;

interface MiniHistogramProps {
  /** Read out: what is spread. */
  label: string;
  /** Heights in any unit, in order. */
  bars: readonly number[];
}

/** The shape of a distribution, as high as a row of a table. */
export function MiniHistogram({ label, bars }: MiniHistogramProps) {
  const most = Math.max(...bars, 1);
  return (
    <span role="img" aria-label={label} className="inline-flex h-4 w-28 items-end gap-px align-middle">
      {bars.map((bar, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
          key={index}
          className="min-w-px grow bg-[var(--depth-3)]"
          style={{ height: bar === 0 ? 0 : `max(1px, ${(bar / most) * 100}%)` }}
        />
      ))}
    </span>
  );
}

/** The bars of a column: its bins, or the rows of its most frequent values; none where neither says anything. */
export function barsOf({ histogram, top }: Pick<ColumnProfile, 'histogram' | 'top'>): number[] {
  if (histogram) return histogram.map(({ rows }) => rows);
  const rows = top.map((each) => each.rows);
  // Values of a row each have no shape.
  return rows[0] !== undefined && rows[0] > 1 ? rows.slice(0, MAX_BARS) : [];
}
