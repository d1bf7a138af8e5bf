import { expect, it } from 'vitest';
import { ChartConfig } from '../chart-config';
import { defaultChart } from '../default-chart';
import { ChartFold, type ChartRow } from './fold-chart';

function fold(config: Partial<ChartConfig>, xType: string, rows: ChartRow[]) {
  const whole = ChartConfig.parse({ kind: 'bar', x: 'x', y: ['y'], aggregation: 'sum', ...config });
  const chart = new ChartFold(whole, xType);
  for (const row of rows) chart.add(row);
  return chart.finish();
}
const row = (x: string | null, y: string | null, series?: string | null): ChartRow => ({ x, y: [y], series });
const rows = [row('b', '2'), row('a', '1'), row('b', '4'), row(null, null), row('a', null)];

it.each([
  ['sum', [1, 6, null]],
  ['avg', [1, 3, null]],
  ['min', [1, 2, null]],
  ['max', [1, 4, null]],
  ['count', [1, 2, 0]],
] as const)('folds equal names by %s, and null is a name of its own', (aggregation, values) => {
  const chart = fold({ aggregation }, 'varchar', rows);
  expect(chart.points.map(({ x }) => x)).toEqual(['a', 'b', null]);
  expect(chart.points.map((point) => point.values[0])).toEqual(values);
  expect([chart.rows, chart.usedRows]).toEqual([5, 5]);
});

it('counts rows where no number is chosen', () => {
  expect(fold({ y: [], aggregation: 'count' }, 'varchar', rows).points.map(({ values }) => values)).toEqual([
    [2],
    [2],
    [1],
  ]);
});

it('folds the smaller names into others, and loses nothing of the sum', () => {
  const chart = fold({ limit: 2, sort: 'value' }, 'varchar', [
    row('a', '1'),
    row('b', '5'),
    row('c', '2'),
    row('d', '9'),
  ]);
  expect(chart.points).toEqual([
    { x: 'd', values: [9] },
    { x: 'b', values: [5] },
    { x: null, isOthers: true, values: [3] },
  ]);
  expect(chart.foldedValues).toBe(2);
});

it('leaves points of a line out evenly, with both ends, and says how many', () => {
  const all = Array.from({ length: 101 }, (_, index) => row(`${index}`, '1'));
  const chart = fold({ kind: 'line', limit: 11 }, 'bigint', all);
  expect(chart.points.map(({ at }) => at)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  expect(chart.foldedValues).toBe(90);
});

it('makes a series of each value, the rarer ones together', () => {
  const many = Array.from({ length: 12 }, (_, index) =>
    Array.from({ length: 12 - index }, () => row('x', '1', `s${index}`)),
  ).flat();
  const chart = fold({ series: 's' }, 'varchar', many);
  expect(chart.series.map(({ name, isOthers }) => (isOthers ? 'others' : name))).toEqual([
    's0',
    's1',
    's2',
    's3',
    's4',
    's5',
    's6',
    'others',
  ]);
  expect(chart.points[0]?.values).toEqual([12, 11, 10, 9, 8, 7, 6, 15]);
});

it('picks a cloud of points evenly among however many rows come', () => {
  const cloud = Array.from({ length: 50_000 }, (_, index) => row(`${index}`, `${index}`));
  const { points, usedRows, rows: all } = fold({ kind: 'scatter', aggregation: 'none' }, 'bigint', cloud);
  expect(points.length).toBeLessThanOrEqual(2000);
  expect(points.length).toBeGreaterThanOrEqual(1000);
  expect([usedRows, all]).toEqual([points.length, 50_000]);
  expect(points.at(-1)?.at).toBeGreaterThan(49_900);
});

it('begins with what the columns suggest', () => {
  const time = { name: 'day', type: 'date' };
  const name = { name: 'city', type: 'varchar' };
  const number = { name: 'total', type: 'double' };
  expect(defaultChart([number, name, time])).toMatchObject({
    kind: 'line',
    x: 'day',
    y: ['total'],
    aggregation: 'sum',
  });
  expect(defaultChart([name, number])).toMatchObject({ kind: 'bar', x: 'city', y: ['total'] });
  expect(defaultChart([{ ...number, name: 'a' }, number])).toMatchObject({ kind: 'scatter', x: 'a', y: ['total'] });
  expect(defaultChart([name])).toMatchObject({ kind: 'bar', y: [], aggregation: 'count' });
  expect(defaultChart([])).toBeUndefined();
});
