import { expect, it } from 'vitest';
import { chartPoints, MOST_BARS } from './chart-points';

const columns = [
  { name: 'year', type: 'integer' },
  { name: 'location', type: 'varchar' },
  { name: 'total', type: 'decimal(38,2)' },
];

it('draws nothing without a number', () => {
  expect(chartPoints([{ name: 'a', type: 'varchar' }], [['x']])).toBeUndefined();
});

it('names bars by the first column that is no number', () => {
  expect(
    chartPoints(
      columns,
      [
        ['2026', 'London', '12.5'],
        ['2026', null, null],
      ],
      'total',
    ),
  ).toEqual({
    name: 'location',
    value: 'total',
    points: [
      { name: 'London', value: 12.5 },
      { name: 'null', value: 0 },
    ],
    isCut: false,
  });
});

it('numbers bars that nothing names, and says when it cuts', () => {
  const rows = Array.from({ length: MOST_BARS + 1 }, (_, index) => [`${index}`]);
  const chart = chartPoints([{ name: 'n', type: 'bigint' }], rows);
  expect([chart?.points.length, chart?.points[2]?.name, chart?.isCut]).toEqual([MOST_BARS, '3', true]);
});
