import { describe, expect, it } from 'vitest';
import type { ColumnProfile, TableProfile } from '../quality/table-profile.ts';
import { checkRuleset } from './check.ts';
import { parseRuleset } from './parse.ts';
import { suggestRules } from './suggest.ts';

const column = (name: string, type: string, more: Partial<ColumnProfile> = {}): ColumnProfile => ({
  name,
  type,
  kind: type === 'string' ? 'text' : type === 'date' || type === 'timestamp' ? 'moment' : 'number',
  nulls: 0,
  top: [],
  ...more,
});

function profile(rows: number, ...columns: ColumnProfile[]): TableProfile {
  return {
    database: 'shop',
    table: 'sales',
    profiledAt: '2026-11-26T12:00:00.000Z',
    version: '1',
    rows,
    columns,
    correlations: [],
    scannedBytes: 0,
    durationMs: 0,
  };
}

const rulesOf = (...columns: ColumnProfile[]) =>
  suggestRules(profile(1000, ...columns))
    .map(({ rule }) => rule)
    .slice(1);

describe('suggestions', () => {
  it.each<[string, ColumnProfile, string[]]>([
    [
      'a key',
      column('order_id', 'bigint', { unique: 1000, negatives: 0 }),
      ['IsComplete "order_id"', 'IsPrimaryKey "order_id"', 'ColumnValues "order_id" >= 0'],
    ],
    [
      'unique texts',
      column('mail', 'string', { distinct: 1000, isDistinctExact: true }),
      ['IsComplete "mail"', 'IsUnique "mail"'],
    ],
    ['about as many values as rows', column('mail', 'string', { distinct: 1000 }), ['IsComplete "mail"']],
    ['a few missing values', column('a', 'double', { nulls: 20, negatives: 4 }), ['Completeness "a" >= 0.96']],
    ['mostly missing values', column('a', 'double', { nulls: 900, negatives: 4 }), []],
    [
      'no negative number where it is',
      column('a "b"', 'int', { nulls: 900, negatives: 0 }),
      [String.raw`ColumnValues "a \"b\"" >= 0 where "\"a \"\"b\"\"\" IS NOT NULL"`],
    ],
    [
      'choices',
      column('c', 'string', {
        nulls: 100,
        distinct: 2,
        top: [
          { value: 'FR', rows: 600 },
          { value: 'say "x"', rows: 300 },
        ],
      }),
      ['Completeness "c" >= 0.8', String.raw`ColumnValues "c" in ["FR", "say \"x\"", NULL]`],
    ],
    [
      'more values than are shown',
      column('c', 'string', {
        distinct: 3,
        top: [
          { value: 'FR', rows: 600 },
          { value: 'DE', rows: 300 },
        ],
      }),
      ['IsComplete "c"'],
    ],
    [
      'moments of the past',
      column('d', 'date', { max: '2026-11-25' }),
      ['IsComplete "d"', 'ColumnValues "d" <= now()'],
    ],
    ['moments of the future', column('d', 'timestamp', { max: '2027-01-01 00:00:00.000' }), ['IsComplete "d"']],
    [
      'one shape',
      column('c', 'string', { patterns: [{ pattern: 'AA-9999.a', rows: 998 }] }),
      ['IsComplete "c"', String.raw`ColumnValues "c" matches "[A-Z]{2}-[0-9]{4}\.[a-z]" with threshold > 0.99`],
    ],
    [
      'one length',
      column('c', 'string', { length: { min: 5, max: 5, mean: 5 } }),
      ['IsComplete "c"', 'ColumnLength "c" = 5'],
    ],
  ])('of a column with %s', (_, of, rules) => {
    expect(rulesOf(of)).toEqual(rules);
    const [, ...texts] = suggestRules(profile(1000, of)).map(({ rule }) => rule);
    if (texts.length > 0) expect(checkRuleset(parseRuleset(`Rules = [ ${texts.join()} ]`), [of])).toEqual([]);
  });

  it('give their reasons', () => {
    expect(suggestRules(profile(50, column('a', 'int', { negatives: 0, min: '3' })))).toEqual([
      { rule: 'RowCount > 0', reason: { code: 'rows', values: { rows: 50 } } },
      { rule: 'IsComplete "a"', reason: { code: 'noNulls', values: { column: 'a', rows: 50 } } },
      { rule: 'ColumnValues "a" >= 0', reason: { code: 'noNegatives', values: { column: 'a', min: '3', rows: 50 } } },
    ]);
  });

  it('compare the rows with the history, once there is one', () => {
    const history = [10, 20, 30, 40, 50].map((rows) => ({
      at: '2026-11-01T00:00:00Z',
      metrics: { 'Dataset.*.RowCount': rows },
    }));
    expect(suggestRules(profile(50), history)).toEqual([
      { rule: 'RowCount > (0.5 * avg(last(10)))', reason: { code: 'usualRows', values: { points: 5, usual: 30 } } },
    ]);
  });

  it('are none from a handful of rows', () => {
    expect(suggestRules(profile(5, column('a', 'int', { unique: 5 })))).toEqual([]);
  });
});
