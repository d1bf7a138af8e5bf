import { describe, expect, it } from 'vitest';
import { compareProfiles } from './profile-drift.ts';
import type { ColumnProfile, TableProfile } from './table-profile.ts';

function profile(columns: ColumnProfile[], rows = 1000): TableProfile {
  return {
    database: 'shop',
    table: 'sales',
    profiledAt: '2026-01-01T00:00:00.000Z',
    version: 'v',
    rows,
    columns,
    correlations: [],
    scannedBytes: 0,
    durationMs: 0,
  };
}

function numbers(name: string, mean: number, extra: Partial<ColumnProfile> = {}): ColumnProfile {
  // Ten values around the mean, a hundred rows each.
  const histogram = Array.from({ length: 10 }, (_, n) => ({ from: mean - 5 + n, to: mean - 4 + n, rows: 100 }));
  const spread = { min: String(mean - 5), max: String(mean + 5), mean, standardDeviation: 2.9, histogram };
  return { name, type: 'bigint', kind: 'number', nulls: 0, top: [], ...spread, ...extra };
}

function texts(name: string, counts: Record<string, number>, nulls = 0): ColumnProfile {
  const top = Object.entries(counts).map(([value, rows]) => ({ value, rows }));
  return { name, type: 'string', kind: 'text', nulls, top };
}

const driftOf = (before: ColumnProfile, after: ColumnProfile) =>
  compareProfiles(profile([before]), profile([after])).columns[0];

describe('drift between two profiles', () => {
  it('is none where nothing has changed', () => {
    const same = profile([numbers('amount', 10), texts('town', { Paris: 600, Lyon: 400 })]);
    expect(compareProfiles(same, same)).toMatchObject({ level: 'none', columns: [{ reasons: [] }, { reasons: [] }] });
  });

  it('is none where every value is twice as often', () => {
    const before = texts('town', { Paris: 600, Lyon: 400 });
    const after = profile([texts('town', { Paris: 1200, Lyon: 800 })], 2000);
    expect(compareProfiles(profile([before]), after).level).toBe('none');
  });

  it('is large where the mean has moved by more than half of what values differ by', () => {
    const drift = driftOf(numbers('amount', 10), numbers('amount', 12));
    expect(drift?.level).toBe('large');
    expect(drift?.reasons).toContainEqual(
      expect.objectContaining({ code: 'mean', before: 10, after: 12, level: 'large' }),
    );
    expect(drift?.reasons).toContainEqual(expect.objectContaining({ code: 'distribution', level: 'large' }));
    expect(drift?.reasons).toContainEqual({ code: 'range', max: '17', level: 'small' });
  });

  it('has the whole distance between values that have nothing in common', () => {
    const reason = driftOf(numbers('amount', 0), numbers('amount', 100))?.reasons.find(
      ({ code }) => code === 'distribution',
    );
    expect(reason && 'js' in reason ? reason.js : 0).toBeCloseTo(1, 1);
  });

  it('names values that came and that went, with their share', () => {
    const drift = driftOf(texts('town', { Paris: 900, Lyon: 100 }), texts('town', { Paris: 990, Nantes: 10 }));
    expect(drift?.reasons).toContainEqual({ code: 'newCategories', values: ['Nantes'], share: 0.01, level: 'small' });
    expect(drift?.reasons).toContainEqual({ code: 'lostCategories', values: ['Lyon'], share: 0.1, level: 'large' });
  });

  it('says nothing of new values where not all are listed', () => {
    const drift = driftOf(texts('note', { a: 10, b: 10 }), texts('note', { c: 10, d: 10 }));
    expect(drift?.reasons.map(({ code }) => code)).not.toContain('newCategories');
  });

  it('tells missing values, other types, and columns that came and went', () => {
    const before = profile([numbers('amount', 10), texts('gone', { x: 1000 }), numbers('code', 5)]);
    const after = profile([
      { ...numbers('amount', 10), nulls: 100 },
      texts('new', { x: 1000 }),
      { ...texts('code', { '5': 1000 }) },
    ]);
    const drift = compareProfiles(before, after);
    expect(drift.columns.map(({ name, level, reasons }) => [name, level, reasons.map(({ code }) => code)])).toEqual([
      ['amount', 'large', ['nulls']],
      ['new', 'large', ['added']],
      ['code', 'large', ['retyped']],
      ['gone', 'large', ['removed']],
    ]);
  });

  it('notices a key that is none any more', () => {
    const drift = driftOf(numbers('id', 10, { unique: 1000 }), numbers('id', 10, { unique: 998 }));
    expect(drift).toMatchObject({ level: 'large', reasons: [{ code: 'unique', before: true, after: false }] });
  });

  it('leaves moments alone, which always move, and tables without rows', () => {
    const moment = (at: number): ColumnProfile => ({ ...numbers('at', at), type: 'date', kind: 'moment' });
    expect(driftOf(moment(0), moment(500))?.level).toBe('none');
    expect(compareProfiles(profile([numbers('amount', 10)]), profile([numbers('amount', 99)], 0)).level).toBe('none');
  });
});
