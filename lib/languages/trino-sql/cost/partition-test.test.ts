import { describe, expect, it } from 'vitest';
import { parseQuery } from '../query-parser.ts';
import { glueFilter } from './glue-filter.ts';
import { partitionTest } from './partition-test.ts';
import type { KnownTable } from './scan-scope.ts';
import { tableScans, UnknownTable } from './table-scans.ts';

const keys = [
  { name: 'dt', type: 'string' },
  { name: 'hour', type: 'int' },
  { name: 'day', type: 'date' },
];
const table: KnownTable = { name: 'shop.t', columns: ['a', 'b'], partitionKeys: keys.map(({ name }) => name) };
const scansOf = (sql: string) => tableScans(parseQuery(sql), ([name]) => (name?.name === 't' ? table : undefined));
const filtersOf = (where: string) => scansOf(`SELECT a FROM t WHERE ${where}`)[0]?.filters ?? [];
const isRead = (where: string, values = ['2024-01-15', '7', '2024-01-15']) =>
  partitionTest(filtersOf(where), keys, '2024-01-20')(values);

describe('a partition', () => {
  it.each([
    "dt = '2024-01-15'",
    "dt <> '2024-01-16'",
    "dt IN ('x', '2024-01-15')",
    "dt BETWEEN '2024-01-01' AND '2024-01-31'",
    "dt LIKE '2024-01-%'",
    'hour >= 7 AND hour < 8',
    "day = DATE '2024-01-15'",
    "CAST(dt AS date) >= current_date - INTERVAL '5' DAY",
    "substr(dt, 1, 7) = '2024-01'",
    'month(date(dt)) = 1',
    "dt || '' = '2024-01-15'",
    "NOT (dt = '2024-01-16' OR hour = 8)",
    // What is not understood, or looks at other columns, keeps it.
    "regexp_like(dt, 'x')",
    'a = 3',
    "dt = 'x' OR a = 3",
    'dt = b',
    'dt IN (SELECT b FROM t)',
    'dt = (SELECT max(b) FROM t)',
  ])('is read where %s', (where) => {
    expect(isRead(where)).toBe(true);
  });

  it.each([
    "dt = '2024-01-16'",
    "dt NOT IN ('2024-01-15')",
    'hour = 8',
    "day > DATE '2024-01-15'",
    "date(dt) = DATE '2024-01-16'",
    "CAST(dt AS date) > current_date - INTERVAL '5' DAY",
    'year(day) = 2023',
    'dt IS NULL',
    "dt = '2024-01-15' AND hour = 8 AND a = 3",
    "(dt = 'x' AND a = 3) OR hour = 8",
    'dt = NULL',
  ])('is left out where %s', (where) => {
    expect(isRead(where)).toBe(false);
  });

  it('of no value is read only where null is asked for', () => {
    const none = ['__HIVE_DEFAULT_PARTITION__', '7', '2024-01-15'];
    expect([isRead('dt IS NULL', none), isRead("dt <> 'x'", none)]).toEqual([true, false]);
  });
});

describe('the filter for Glue', () => {
  const filter = (where: string) => glueFilter(filtersOf(where), keys);

  it('is made of plain comparisons alone, with texts quoted', () => {
    expect(filter("dt = 'it''s' AND hour IN (1, 2) AND a = 3 AND date(dt) = DATE '2024-01-01'")).toBe(
      "dt = 'it''s' AND hour IN (1, 2)",
    );
    expect(filter("dt BETWEEN 'a' AND 'b'")).toBe("dt >= 'a' AND dt <= 'b'");
    expect(filter("dt = 'a' OR hour = 3")).toBeUndefined();
    expect(filter('dt = b')).toBeUndefined();
    expect(filter(`dt IN (${Array.from({ length: 500 }, (_, n) => `'${n}'`).join(', ')}) AND hour = 2`)).toBe(
      'hour = 2',
    );
  });
});

describe('the columns that a query needs', () => {
  const needed = (sql: string) => scansOf(sql).map(({ columns }) => [...columns].sort().join(','));

  it.each([
    ['SELECT * FROM t', ['a,b']],
    ['SELECT count(*) FROM t', ['']],
    ['SELECT x.a FROM (SELECT a, b FROM t) x', ['a']],
    ['SELECT 1 FROM (SELECT DISTINCT a, b FROM t)', ['a,b']],
    ['WITH c (p, q) AS (SELECT a, b FROM t) SELECT q FROM c', ['b']],
    ['WITH c AS (SELECT a FROM t) SELECT * FROM c x JOIN c y ON x.a = y.a', ['a', 'a']],
    ['SELECT a FROM t UNION SELECT b FROM t', ['a', 'b']],
    ['SELECT x.a FROM t x JOIN t y USING (b)', ['a,b', 'b']],
    ['SELECT (SELECT max(i.b) FROM t i WHERE i.a = o.a) FROM t o', ['a', 'a,b']],
    ['SELECT filter(ARRAY[1], b -> b > 1) FROM t', ['']],
    ['SELECT a FROM t, UNNEST(split(b, 1)) AS u (v)', ['a,b']],
    ['SELECT dt, hour FROM t', ['']],
  ])('%s', (sql, expected) => {
    expect(needed(sql).sort()).toEqual([...expected].sort());
  });

  it('are unknown for a table that nobody knows', () => {
    expect(() => scansOf('SELECT * FROM elsewhere')).toThrow(UnknownTable);
  });

  it('of a query that repeats itself are found, and the search ends', () => {
    const sql = 'WITH RECURSIVE r (n) AS (SELECT a FROM t UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r';
    expect(needed(sql)).toEqual(['a']);
  });
});
