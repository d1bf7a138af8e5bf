'use client';
import { CartesianGrid, Line, LineChart, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { tooltipLook } from './tooltip-look';

export interface ScoreFigureProps {
  title: string;
  /** Scores from 0 to 100, null where there was none; oldest first. */
  points: readonly { label: string; score: number | null }[];
  target: number;
  texts: { target: string; score: string; format: (value: number) => string };
  height: number;
}

const FLOORS = [90, 80, 50, 0];

/** A score over time beside the mark that it should reach; the arrow keys walk along it. */
export default function ScoreFigure({ title, points, target, texts, height }: ScoreFigureProps) {
  const known = points.flatMap(({ score }) => score ?? []);
  const floor = FLOORS.find((each) => each < Math.min(target, ...known)) ?? 0;
  const lastIndex = points.findLastIndex(({ score }) => score !== null);
  const axis = { stroke: 'var(--text-3)', fontSize: 11, tickLine: false } as const;
  return (
    <figure aria-label={title}>
      <LineChart
        responsive
        style={{ width: '100%', height }}
        accessibilityLayer
        title={title}
        data={[...points]}
        margin={{ top: 12, right: 16, bottom: 0, left: 0 }}
      >
        <CartesianGrid stroke="var(--grid)" vertical={false} />
        <XAxis {...axis} dataKey="label" interval="preserveStartEnd" minTickGap={56} axisLine={false} />
        <YAxis {...axis} domain={[floor, 100]} width={34} axisLine={false} tickCount={5} />
        <Tooltip {...tooltipLook} formatter={(value) => [texts.format(Number(value)), texts.score]} />
        <ReferenceLine
          y={target}
          stroke="var(--rejected)"
          strokeDasharray="4 3"
          label={{ value: texts.target, position: 'insideTopLeft', fill: 'var(--rejected)', fontSize: 11 }}
        />
        <Line
          dataKey="score"
          stroke="var(--c1)"
          strokeWidth={1.75}
          isAnimationActive={false}
          dot={({ cx, cy, index, key }) =>
            index === lastIndex ? (
              <circle key={key} cx={cx} cy={cy} r={3.5} fill="var(--surface)" stroke="var(--c1)" strokeWidth={1.75} />
            ) : (
              <g key={key} />
            )
          }
        />
      </LineChart>
    </figure>
  );
}
