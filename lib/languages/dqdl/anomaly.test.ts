import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Band, expectedBand, isLearning, isOutside, type Point } from './anomaly.ts';
import { type EvaluationInput, evaluate, type MetricPoint, planEvaluation, type StatementAnswer } from './plan.ts';

const dayAt = (day: number) => new Date(Date.UTC(2026, 8, 1 + day, 12)).toISOString();
const series = (values: number[]): Point[] => values.map((value, day) => ({ at: dayAt(day), value }));

function bandOf(values: number[], at = dayAt(values.length)): Band {
  const band = expectedBand(series(values), at);
  if (isLearning(band)) throw new Error('still learning');
  return band;
}

/** The same numbers each time. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648 - 0.5;
  };
}

const positive = fc.double({ min: 1e-6, max: 1e12, noNaN: true });

describe('a band', () => {
  it('is not there before there are fourteen points', () => {
    for (const points of [0, 1, 4, 5, 13])
      expect(expectedBand(series(new Array(points).fill(7)), dayAt(points))).toEqual({ points, needed: 14 });
    expect(bandOf(new Array(14).fill(7)).points).toBe(14);
  });

  it('of a flat series never alarms on the series, and always on ten times as much', () => {
    fc.assert(
      fc.property(positive, fc.integer({ min: 14, max: 90 }), (value, points) => {
        const band = bandOf(new Array(points).fill(value));
        expect(isOutside(value, band)).toBe(false);
        expect(isOutside(value * 10, band)).toBe(true);
        expect(isOutside(value / 10, band)).toBe(true);
      }),
    );
  });

  it('of a series that varies by a tenth lets its own values pass, and no jump to ten times', () => {
    fc.assert(
      fc.property(positive, fc.integer({ min: 14, max: 90 }), fc.nat(), (level, points, seed) => {
        const random = noise(seed);
        const band = bandOf(Array.from({ length: points }, () => level * (1 + random() / 10)));
        expect(isOutside(level * 10, band)).toBe(true);
        expect(isOutside(level, band)).toBe(false);
      }),
    );
  });

  it('does not move for one wild day', () => {
    const calm = new Array(20).fill(100);
    const band = bandOf([...calm, 100_000]);
    expect(isOutside(100_000, band)).toBe(true);
    expect(isOutside(100, band)).toBe(false);
  });

  it('of a series that is always 0 alarms on anything else', () => {
    const band = bandOf(new Array(14).fill(0));
    expect([isOutside(0, band), isOutside(1, band)]).toEqual([false, true]);
  });

  it('compares each day of the week with its like, once there are three of each', () => {
    const random = noise(3);
    const week = (day: number) => ([0, 6].includes(new Date(dayAt(day)).getUTCDay()) ? 10 : 1000) * (1 + random() / 50);
    const values = Array.from({ length: 28 }, (_, day) => week(day));
    const today = bandOf(values, dayAt(28));
    expect(today).toMatchObject({ season: 7, points: 28 });
    const isWeekend = [0, 6].includes(new Date(dayAt(28)).getUTCDay());
    expect(isOutside(isWeekend ? 1000 : 10, today)).toBe(true);
    expect(isOutside(isWeekend ? 10 : 1000, today)).toBe(false);
    expect(bandOf(values.slice(0, 14), dayAt(14)).season).toBeUndefined();
  });
});

const COLUMNS = [
  { name: 'id', type: 'bigint' },
  { name: 'at', type: 'timestamp' },
];

function evaluated(
  rows: number,
  filled: number,
  newest: string,
  history: MetricPoint[],
  more: Partial<EvaluationInput> = {},
) {
  const now = new Date('2026-11-26T12:00:00Z');
  const input = {
    rulesets: [],
    columns: COLUMNS,
    relation: { database: 'd', table: 't' },
    database: 'd',
    history,
    now,
  };
  const plan = planEvaluation({ ...input, ...more });
  const answer: StatementAnswer = { columns: [], rows: [[String(rows), String(filled), String(rows), '5.0', newest]] };
  return evaluate(JSON.parse(JSON.stringify(plan)), { scan: answer });
}

const usual = (points: number): MetricPoint[] =>
  series(new Array(points).fill(0)).map(({ at }) => ({
    at,
    columns: COLUMNS,
    metrics: {
      'Dataset.*.RowCount': 1000,
      'Column.id.Completeness': 1,
      'Column.at.Completeness': 1,
      'Column.id.Mean': 5,
      'Column.at.Freshness': 1,
    },
  }));

describe('anomalies of a table', () => {
  it('are none on a day like all others', () => {
    const { anomalies, learning } = evaluated(1000, 1000, '2026-11-26 11:00:00.000', usual(20));
    expect([anomalies, learning]).toEqual([[], undefined]);
  });

  it('are rows, missing values, and data that is not fresh', () => {
    const { anomalies } = evaluated(100, 40, '2026-11-20 11:00:00.000', usual(20));
    expect(anomalies.map(({ metric }) => metric)).toEqual([
      'Dataset.*.RowCount',
      'Column.id.Completeness',
      'Column.at.Freshness',
    ]);
    expect(anomalies[1]).toMatchObject({ value: 0.4, lower: 0.95, expected: 1, upper: 1, points: 20 });
  });

  it('are unknown while there is too little history', () => {
    const { anomalies, learning, metrics } = evaluated(5, 1, '2026-11-20 11:00:00.000', usual(3));
    expect(anomalies).toEqual([]);
    expect(learning).toEqual({ points: 3, needed: 14 });
    expect(metrics).toMatchObject({
      'Dataset.*.RowCount': 5,
      'Column.id.Completeness': 0.2,
      'Column.at.Freshness': 145,
    });
  });

  it('are columns that came, went or changed, from the second evaluation on', () => {
    const [before] = usual(1) as [MetricPoint];
    const columns = [
      { name: 'id', type: 'int' },
      { name: 'name', type: 'string' },
      { name: 'at', type: 'timestamp' },
    ];
    const history = [{ ...before, columns: [...COLUMNS, { name: 'gone', type: 'date' }] }];
    const { anomalies } = evaluated(1, 1, '2026-11-26 11:00:00.000', history, { columns });
    expect(anomalies[0]).toEqual({
      metric: 'Schema',
      points: 1,
      changes: [
        { column: 'gone', before: 'date' },
        { column: 'id', before: 'bigint', after: 'int' },
        { column: 'name', after: 'string' },
      ],
    });
  });
});
