'use client';
import { Area, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts';
import { tooltipLook } from './tooltip-look';

export interface BandPoint {
  /** Whole, where it is hovered over; `tick` is what the axis has room for. */
  label: string;
  tick: string;
  value: number;
  /** What was expected; left out while nothing could be. */
  lower?: number;
  upper?: number;
  isAnomaly: boolean;
  /** Written beside an anomaly. */
  note?: string;
}

export interface BandFigureProps {
  title: string;
  points: readonly BandPoint[];
  texts: { value: string; expected: string; format: (value: number) => string; short: (value: number) => string };
  height: number;
}

/** A metric over time within what its history lets expect. What is unusual is a diamond with its value written. */
export default function BandFigure({ title, points, texts, height }: BandFigureProps) {
  const rows = points.map((point) => ({
    ...point,
    band: point.lower === undefined || point.upper === undefined ? undefined : [point.lower, point.upper],
  }));
  const ticks = new Map(points.map(({ label, tick }) => [label, tick]));
  const lastAnomaly = points.findLastIndex(({ isAnomaly }) => isAnomaly);
  const axis = { stroke: 'var(--text-3)', fontSize: 11, tickLine: false, axisLine: false } as const;
  return (
    <figure aria-label={title}>
      <ComposedChart
        responsive
        style={{ width: '100%', height }}
        accessibilityLayer
        title={title}
        data={rows}
        margin={{ top: 12, right: 16, bottom: 0, left: 0 }}
      >
        <CartesianGrid stroke="var(--grid)" vertical={false} />
        <XAxis
          {...axis}
          dataKey="label"
          interval="preserveStartEnd"
          minTickGap={56}
          tickFormatter={(label: string) => ticks.get(label) ?? label}
        />
        <YAxis {...axis} width={46} tickFormatter={texts.short} domain={['auto', 'auto']} tickCount={4} />
        <Tooltip
          {...tooltipLook}
          formatter={(value) =>
            Array.isArray(value)
              ? [value.map((each) => texts.format(Number(each))).join(' – '), texts.expected]
              : [texts.format(Number(value)), texts.value]
          }
        />
        <Area
          dataKey="band"
          fill="var(--band)"
          fillOpacity={1}
          stroke="var(--accent-line)"
          strokeWidth={1}
          isAnimationActive={false}
          dot={false}
          activeDot={false}
        />
        <Line
          dataKey="value"
          stroke="var(--c1)"
          strokeWidth={1.75}
          isAnimationActive={false}
          dot={({ cx, cy, index, key }) =>
            points[index]?.isAnomaly ? (
              <Diamond
                key={key}
                x={cx ?? 0}
                y={cy ?? 0}
                note={index === lastAnomaly ? points[index]?.note : undefined}
                isLate={index > points.length / 2}
              />
            ) : (
              <g key={key} />
            )
          }
        />
      </ComposedChart>
    </figure>
  );
}

function Diamond({ x, y, note, isLate }: { x: number; y: number; note: string | undefined; isLate: boolean }) {
  return (
    <g>
      <path
        d={`M${x} ${y - 6.5}l6.5 6.5-6.5 6.5-6.5-6.5z`}
        fill="var(--rejected)"
        stroke="var(--surface)"
        strokeWidth="1.5"
      />
      {note && (
        <text
          x={isLate ? x - 11 : x + 11}
          y={y + 4}
          textAnchor={isLate ? 'end' : 'start'}
          style={{ fill: 'var(--text)', fontWeight: 550, fontSize: 11 }}
        >
          {note}
        </text>
      )}
    </g>
  );
}
