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

/** About normal, with a deviation of 1: twelve evens, less their mean. */
function normal(random: () => number): () => number {
  return () => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, 0);
}

describe('the band of a table that', () => {
  it('grows steadily goes with it, and says by how much', () => {
    const random = noise(11);
    const values = Array.from({ length: 30 }, (_, day) => 1000 + 400 * day + 50 * random());
    const band = bandOf(values);
    expect(band.trend).toBeGreaterThan(390);
    expect(band.trend).toBeLessThan(410);
    expect(isOutside(1000 + 400 * 30, band)).toBe(false);
    // It stopped a week ago; it lost half of its rows; it was loaded twice.
    for (const broken of [1000 + 400 * 23, 6500, 26_000]) expect(isOutside(broken, band), `${broken}`).toBe(true);
  });

  it('shrinks is followed as well', () => {
    const band = bandOf(Array.from({ length: 20 }, (_, day) => 100_000 - 3000 * day));
    expect(band.trend).toBeCloseTo(-3000);
    expect([isOutside(40_000, band), isOutside(43_000 + 30_000, band)]).toEqual([false, true]);
  });

  it('grows and has weekends of its own has both', () => {
    const random = noise(5);
    const isWeekend = (day: number) => [0, 6].includes(new Date(dayAt(day)).getUTCDay());
    const at = (day: number) => 10_000 + 200 * day - (isWeekend(day) ? 5000 : 0) + 100 * random();
    const values = Array.from({ length: 42 }, (_, day) => at(day));
    const band = bandOf(values, dayAt(42));
    expect(band.season).toBe(7);
    expect(band.trend).toBeCloseTo(200, -1);
    expect(isOutside(at(42), band)).toBe(false);
    expect(isOutside(at(42) + (isWeekend(42) ? 5000 : -5000), band)).toBe(true);
  });

  it('made one step up does not grow: it is new until fourteen points stand there', () => {
    const steps = (after: number) => [...new Array(20).fill(1000), ...new Array(after).fill(3000)];
    for (const after of [1, 5, 13]) {
      const band = bandOf(steps(after));
      expect(band.trend).toBeUndefined();
      expect(isOutside(3000, band), `${after}`).toBe(true);
    }
    const settled = bandOf(steps(14));
    expect([isOutside(3000, settled), isOutside(1000, settled), settled.points]).toEqual([false, true, 14]);
  });

  it('grows each Monday only is in its band on all days', () => {
    const values = Array.from({ length: 56 }, (_, day) => 10_000 + 1000 * Math.floor(day / 7));
    for (let day = 28; day < 56; day++)
      expect(isOutside(values[day] ?? 0, bandOf(values.slice(0, day))), `day ${day}`).toBe(false);
  });

  it('grows does not follow the wild days of its history', () => {
    const values = Array.from({ length: 30 }, (_, day) => 1000 + 100 * day);
    for (const [day, value] of [
      [4, 0],
      [12, 90_000],
      [29, 60_000],
    ] as const)
      values[day] = value;
    const band = bandOf(values);
    expect(band.trend).toBeCloseTo(100, 0);
    expect([isOutside(4000, band), isOutside(60_000, band), isOutside(15, band)]).toEqual([false, true, true]);
  });

  it('grows is not expected to the row after a long time without a check', () => {
    const random = noise(2);
    const values = Array.from({ length: 20 }, (_, day) => 50_000 + 1000 * day + 2000 * random());
    const width = (at: string) => {
      const { lower, upper } = bandOf(values, at);
      return upper - lower;
    };
    expect(width(dayAt(400))).toBeGreaterThan(width(dayAt(20)));
  });

  it('is checked many times in one moment has a band all the same', () => {
    const at = dayAt(3);
    const band = expectedBand(new Array(20).fill({ at, value: 5 }), at);
    expect(band).toMatchObject({ expected: 5, points: 20 });
  });
});

describe('false alarms', () => {
  const SERIES = 400;
  const shapes = {
    flat: () => 1000,
    growing: (day: number) => 1000 + 25 * day,
    shrinking: (day: number) => 4000 - 20 * day,
    weekly: (day: number) => (day % 7 < 2 ? 400 : 1000),
    'weekly and growing': (day: number) => 2000 + 20 * day - (day % 7 < 2 ? 800 : 0),
  };
  it.each(Object.entries(shapes))('are rarer than one of a hundred on a %s series, of any length', (_, shape) => {
    let alarms = 0;
    for (let seed = 1; seed <= SERIES; seed++) {
      const random = normal(noise(seed * 7919));
      const points = 14 + (seed % 40);
      const deviation = 10 + (seed % 5) * 40;
      const value = (day: number) => shape(day) + deviation * random();
      const history = Array.from({ length: points }, (_, day) => value(day));
      if (isOutside(value(points), bandOf(history))) alarms += 1;
    }
    expect(alarms / SERIES).toBeLessThan(0.01);
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
