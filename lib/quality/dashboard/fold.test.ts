import { describe, expect, test } from 'vitest';
import { lastDays } from '@/lib/languages/quality/days.ts';
import { foldFigures } from '@/lib/languages/quality/fold-figures.ts';
import { makeRecord } from '../testing';
import { foldSeries } from './get-metric-series';
import { foldMissing } from './get-missing';

const days = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'];
const at = (text: string) => Date.parse(`${text}Z`);
const BROKEN = 'Completeness "amount" > 0.95';
const sales = makeRecord({ rules: { [BROKEN]: 12, 'IsUnique "town"': 0, 'ColumnValues "amount" > 0': 3 } });
const stock = makeRecord({ id: 'e2', table: 'stock' });
const folded = (over: Partial<Parameters<typeof foldFigures>[0]> = {}) =>
  foldFigures({
    known: [
      { table: 'sales', dataset: 'sales' },
      { table: 'stock', dataset: 'stock' },
      { table: 'towns', dataset: 'towns' },
    ],
    last: [sales, stock],
    scores: [
      { table: 'sales', at: at('2026-11-10T08:00'), score: 1 },
      { table: 'sales', at: at('2026-11-21T08:00'), score: 0.5 },
      { table: 'stock', at: at('2026-11-20T08:00'), score: 1 },
      { table: 'dropped', at: at('2026-11-20T08:00'), score: 0 },
    ],
    unusual: [],
    open: [],
    days,
    timeZone: 'UTC',
    ...over,
  });

describe('the dashboard', () => {
  test('carries a score from the day it was found to the next, and says which table moved the lake', () => {
    const { trend, change, tables } = folded();
    expect(trend.map(({ score }) => score)).toEqual([1, 1, 1, 0.75]);
    expect(change).toEqual({ by: -0.25, mostly: 'sales' });
    expect(tables.find(({ table }) => table === 'stock')?.trend.map(({ score }) => score)).toEqual([null, null, 1, 1]);
  });

  test('scores the lake by its tables, the lowest first, and names what was never checked', () => {
    const { score, tables, rules } = folded();
    expect(score).toBeCloseTo(0.75);
    expect(tables.map(({ table, score: own }) => [table, own])).toEqual([
      ['sales', 0.5],
      ['stock', 1],
      ['towns', undefined],
    ]);
    expect(rules).toBe(5);
  });

  test('has no score where there are no rules', () => {
    const { score, trend, dimensions } = folded({ last: [makeRecord({ rulesets: [] })], scores: [] });
    expect(score).toBeUndefined();
    expect(trend.every((point) => point.score === null)).toBe(true);
    expect(dimensions.find(({ dimension }) => dimension === 'validity')).toMatchObject({ whole: 0 });
  });

  test('counts cells for completeness and rules for the rest', () => {
    const figures = Object.fromEntries(
      folded().dimensions.map(({ dimension, part, whole }) => [dimension, [part, whole]]),
    );
    expect(figures).toEqual({
      completeness: [380, 400],
      validity: [0, 1],
      uniqueness: [1, 1],
      freshness: [0, 0],
    });
  });

  test('says since when a rule fails by its incident, and who sees to it', () => {
    const openedAt = new Date('2026-11-01T00:00:00Z');
    const incident = { id: 'i1', kind: 'rule', table: 'sales', subject: BROKEN, openedAt, assignee: 'ann@example.com' };
    const { failing } = folded({ open: [incident] });
    expect(failing.map(({ rule, since, assignee }) => [rule, since, assignee])).toEqual([
      [BROKEN, openedAt.getTime(), 'ann@example.com'],
      ['ColumnValues "amount" > 0', at('2026-11-20T08:00'), undefined],
    ]);
  });
});

test('days are those of the reader’s zone', () => {
  expect(lastDays(at('2026-11-20T23:30'), 2, 'Europe/Paris')).toEqual(['2026-11-20', '2026-11-21']);
});

test('missing data tells a column that was not there from a day that nobody checked', () => {
  const { columns: columnsBefore } = sales;
  const before = makeRecord({
    evaluatedAt: '2026-11-19T08:00:00.000Z',
    columns: columnsBefore.slice(1),
    metrics: { 'Column.amount.Completeness': 0.75 },
  });
  const { columns } = foldMissing('sales', [before, sales], days, 'UTC');
  expect(columns).toEqual([
    { name: 'town', shares: [null, undefined, 0, null] },
    { name: 'amount', shares: [null, 0.25, expect.closeTo(0.1), null] },
  ]);
});

describe('a metric', () => {
  const rows = (index: number, value: number, over: Parameters<typeof makeRecord>[0] = {}) =>
    makeRecord({
      id: `r${index}`,
      evaluatedAt: new Date(at('2026-10-01T08:00') + index * 86_400_000).toISOString(),
      metrics: { 'Dataset.*.RowCount': value },
      ...over,
    });
  const fold = (records: ReturnType<typeof rows>[]) =>
    foldSeries({ table: 'sales', metric: 'Dataset.*.RowCount', records, from: 0 });

  test('of a growing table goes with it, and says by how much it grows', () => {
    const points = Array.from({ length: 20 }, (_, index) => rows(index, 1000 + 100 * index));
    const { band, points: shown } = fold(points);
    expect(band?.trend).toBeCloseTo(100);
    expect(shown.at(-1)).toMatchObject({ value: 2900, isAnomaly: false });
    expect(shown.at(-1)?.lower).toBeGreaterThan(2500);
  });

  test('has no band while it learns, and says how far it is', () => {
    const series = fold([rows(0, 100), rows(1, 101), rows(2, 99), rows(3, 100)]);
    expect(series.learning).toEqual({ points: 3, needed: 14 });
    expect(series.points.every(({ lower }) => lower === undefined)).toBe(true);
  });

  test('is not measured by what was held: those rows never were in the table', () => {
    const usual = Array.from({ length: 20 }, (_, index) => rows(index, 100 + (index % 3)));
    const held = Array.from({ length: 20 }, (_, index) => rows(20 + index, 9_000, { verdict: 'held' }));
    const { points, band } = fold([...usual, ...held, rows(41, 101)]);
    expect(points.at(-1)?.upper).toBeLessThan(200);
    expect(band?.points).toBeLessThanOrEqual(20);
  });
});
