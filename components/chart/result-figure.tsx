'use client';
import { useLocale } from 'next-intl';
import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  Pie,
  PieChart,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatNumber, numberFormat, withMinus } from '@/lib/format/number';
import type { ChartConfig } from '@/lib/query/chart-config';
import type { ChartData } from '@/lib/query/result/fold-chart';
import { useChartText } from './use-chart-text';

export interface ResultFigureProps {
  title: string;
  config: ChartConfig;
  data: ChartData;
  /** In pixels: the drawing is made in the browser, so its place is kept free by this. */
  height: number;
}

/** Told apart without colour: lines by their dashes, points by their shapes, bars and slices by their labels' order. */
const DASHES = [undefined, '6 3', '2 3', '8 3 2 3', '12 4', '1 5', '10 2 2 2', '4 6'];
const SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star', 'wye', 'circle'] as const;
const COLOURS = 8;
const colour = (index: number) => `var(--c${(index % COLOURS) + 1})`;

type Row = Record<string, string | number | null>;

/** A chart of folded rows; the arrow keys walk along it. */
export default function ResultFigure({ title, config, data, height }: ResultFigureProps) {
  const text = useChartText(data);
  const locale = useLocale();
  const rows = data.points.map((point): Row => {
    const values = point.values.map((value, index) => [`v${index}`, value] as const);
    return { x: text.point(point), at: point.at ?? null, ...Object.fromEntries(values) };
  });
  const series = data.series.map((each, index) => ({ key: `v${index}`, name: text.series(each), index }));
  const number = (value: unknown) => formatNumber(Number(value), locale);
  const short = (value: number) =>
    withMinus(numberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value));
  const box = { responsive: true, style: { width: '100%', height }, accessibilityLayer: true, title } as const;
  const tooltip = (
    <Tooltip
      cursor={{ fill: 'var(--hover)', stroke: 'var(--line-strong)' }}
      formatter={number}
      isAnimationActive={false}
      contentStyle={{
        background: 'var(--raised)',
        border: '1px solid var(--line-strong)',
        borderRadius: 5,
        color: 'var(--text)',
      }}
      itemStyle={{ color: 'var(--text)' }}
      labelStyle={{ color: 'var(--text-2)' }}
    />
  );
  const legend = series.length > 1 && <Legend wrapperStyle={{ fontSize: 11, color: 'var(--text-2)' }} />;
  const grid = <CartesianGrid stroke="var(--grid)" vertical={false} />;
  const axis = { stroke: 'var(--text-3)', fontSize: 11, tickLine: false } as const;
  const yAxis = <YAxis {...axis} axisLine={false} width={56} tickFormatter={short} />;
  const nameAxis = <XAxis {...axis} dataKey="x" interval="preserveStartEnd" minTickGap={16} />;
  const isMeasured = data.xKind !== 'text';
  const ats = rows.flatMap(({ at }) => (typeof at === 'number' ? [at] : []));
  const atAxis = (
    <XAxis
      {...axis}
      dataKey="at"
      type="number"
      domain={[Math.min(...ats), Math.max(...ats)]}
      tickFormatter={text.at}
      minTickGap={24}
    />
  );
  const placed = isMeasured ? rows.filter(({ at }) => at !== null) : rows;
  const stack = config.isStacked ? { stackId: 'all' } : {};
  const still = { isAnimationActive: false } as const;
  const atLabel = isMeasured ? { labelFormatter: (label: unknown) => text.at(Number(label)) } : {};
  const atTooltip = { ...tooltip, props: { ...tooltip.props, ...atLabel } };

  const drawing = () => {
    switch (config.kind) {
      case 'bar':
        return (
          <BarChart {...box} data={rows}>
            {grid}
            {nameAxis}
            {yAxis}
            {tooltip}
            {legend}
            {series.map(({ key, name, index }) => (
              <Bar
                key={key}
                dataKey={key}
                name={name}
                fill={colour(index)}
                stroke="var(--surface)"
                maxBarSize={64}
                {...stack}
                {...still}
              />
            ))}
          </BarChart>
        );
      case 'line':
        return (
          <LineChart {...box} data={placed}>
            {grid}
            {isMeasured ? atAxis : nameAxis}
            {yAxis}
            {atTooltip}
            {legend}
            {series.map(({ key, name, index }) => (
              <Line
                key={key}
                dataKey={key}
                name={name}
                stroke={colour(index)}
                strokeWidth={1.75}
                strokeDasharray={DASHES[index]}
                dot={placed.length <= 40 ? { r: 2 } : false}
                {...still}
              />
            ))}
          </LineChart>
        );
      case 'area':
        return (
          <AreaChart {...box} data={placed}>
            {grid}
            {isMeasured ? atAxis : nameAxis}
            {yAxis}
            {atTooltip}
            {legend}
            {series.map(({ key, name, index }) => (
              <Area
                key={key}
                dataKey={key}
                name={name}
                stroke={colour(index)}
                fill={colour(index)}
                fillOpacity={0.25}
                strokeDasharray={DASHES[index]}
                {...stack}
                {...still}
              />
            ))}
          </AreaChart>
        );
      case 'scatter':
        return (
          <ScatterChart {...box}>
            <CartesianGrid stroke="var(--grid)" />
            {isMeasured ? atAxis : <XAxis {...axis} dataKey="x" type="category" allowDuplicatedCategory={false} />}
            {yAxis}
            {atTooltip}
            {legend}
            {series.map(({ key, name, index }) => (
              <Scatter
                key={key}
                name={name}
                data={placed.filter((row) => row[key] !== null).map((row) => ({ ...row, y: row[key] }))}
                dataKey="y"
                fill={colour(index)}
                fillOpacity={0.6}
                shape={SYMBOLS[index]}
                {...still}
              />
            ))}
          </ScatterChart>
        );
      case 'pie':
        return (
          <PieChart {...box}>
            {tooltip}
            <Pie
              data={rows.map((row, index) => ({
                name: String(row.x),
                value: Math.max(0, Number(row.v0 ?? 0)),
                fill: colour(index),
              }))}
              dataKey="value"
              nameKey="name"
              outerRadius="72%"
              stroke="var(--surface)"
              label={({ name, percent }: { name?: string; percent?: number }) => ((percent ?? 0) >= 0.03 ? name : '')}
              fontSize={11}
              {...still}
            />
          </PieChart>
        );
    }
  };
  return <figure aria-label={title}>{drawing()}</figure>;
}
