'use client';
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';

export interface BarFigureProps {
  /** Read out, and shown above the bars: what they are of. */
  title: string;
  data: readonly { name: string; value: number }[];
  format: (value: number) => string;
  /** In pixels: the drawing is made in the browser, so its place is kept free by this. */
  height: number;
}

/** One series of bars from zero. The arrow keys walk along them. */
export default function BarFigure({ title, data, format, height }: BarFigureProps) {
  return (
    <figure aria-label={title}>
      <BarChart responsive style={{ width: '100%', height }} data={[...data]} accessibilityLayer title={title}>
        <CartesianGrid stroke="var(--grid)" vertical={false} />
        <XAxis dataKey="name" stroke="var(--text-3)" fontSize={11} tickLine={false} interval="preserveStartEnd" />
        <YAxis
          stroke="var(--text-3)"
          fontSize={11}
          tickLine={false}
          axisLine={false}
          width={72}
          tickFormatter={format}
        />
        <Tooltip
          cursor={{ fill: 'var(--hover)' }}
          formatter={(value) => format(Number(value))}
          contentStyle={{ background: 'var(--raised)', border: '1px solid var(--line-strong)', borderRadius: 5 }}
        />
        <Bar dataKey="value" name={title} fill="var(--c1)" isAnimationActive={false} maxBarSize={64} />
      </BarChart>
    </figure>
  );
}
