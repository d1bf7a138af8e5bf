import { describe, expect, it } from 'vitest';
import { parseMoment, printMoment } from './moment.ts';
import { toOwnMessage, toOwnPlace, toOwnSql, toPastSql } from './past-sql.ts';
import { tableMoments } from './table-moments.ts';

const noon = Date.parse('2026-11-25T12:00:00Z');
const found = (sql: string) =>
  tableMoments(sql).map(({ database, table, at, hasAlias }) => [database, table, printMoment(at), hasAlias]);
const past = (sql: string) =>
  toPastSql(sql, tableMoments(sql), ({ table }) => ({ database: 'v', table: `${table}_1` }));

describe('parseMoment', () => {
  it.each([
    ['2026-11-25', '2026-11-25T00:00:00Z'],
    ['2026-11-25T14:03', '2026-11-25T14:03:00Z'],
    ['2026-11-25 14:03:07', '2026-11-25T14:03:07Z'],
    ['2026-11-25T14:03:00.250z', '2026-11-25T14:03:00.250Z'],
    ['2026-11-25T14:03:00+02:00', '2026-11-25T12:03:00Z'],
  ])('%s is %s', (text, at) => {
    expect(printMoment(parseMoment(text) ?? 0)).toBe(at);
  });
  it.each(['', 'yesterday', '2026-02-30', '2026-13-01', '2026-11-25T25:00', '2026-11-25T', '26-11-25', '2026-11-25 Z'])(
    '“%s” is none',
    (text) => {
      expect(parseMoment(text)).toBeUndefined();
    },
  );
});

describe('tableMoments', () => {
  it.each([
    ['SELECT * FROM sales@2026-11-25', [[undefined, 'sales', '2026-11-25T00:00:00Z', false]]],
    ['SELECT * FROM Retail.Sales@2026-11-25T14:03:00Z s', [['retail', 'sales', '2026-11-25T14:03:00Z', true]]],
    ['SELECT * FROM "sales@2026-11-25 14:03" LIMIT 3', [[undefined, 'sales', '2026-11-25T14:03:00Z', false]]],
    ['SELECT * FROM retail."sales@2026-11-25" AS "old"', [['retail', 'sales', '2026-11-25T00:00:00Z', true]]],
    ['SELECT * FROM awsdatacatalog.retail.sales@2026-11-25', [['retail', 'sales', '2026-11-25T00:00:00Z', false]]],
    ['SELECT (SELECT count(*) FROM sales@2026-11-25)', [[undefined, 'sales', '2026-11-25T00:00:00Z', false]]],
    ['CREATE TABLE x AS SELECT * FROM sales@2026-11-25;', [[undefined, 'sales', '2026-11-25T00:00:00Z', false]]],
    ['SELECT * FROM sales@2026-11-25T14:03:00.5+01:00', [[undefined, 'sales', '2026-11-25T13:03:00.500Z', false]]],
  ])('%s', (sql, tables) => {
    expect(found(sql)).toEqual(tables);
  });

  it('finds each of several, in joins, lists and WITH', () => {
    const sql = `WITH old AS (SELECT * FROM a@2026-01-01)
      SELECT * FROM old JOIN b@2026-01-02 ON true, c@2026-01-03 x CROSS JOIN (d@2026-01-04)`;
    expect(found(sql).map(([, table, , hasAlias]) => [table, hasAlias])).toEqual([
      ['a', false],
      ['b', false],
      ['c', true],
      ['d', false],
    ]);
  });

  it.each([
    "SELECT 'sales@2026-11-25' FROM sales",
    'SELECT 1 -- FROM sales@2026-11-25',
    'SELECT /* FROM sales@2026-11-25 */ 1',
    'SELECT "sales@2026-11-25" FROM sales',
    "SELECT * FROM people WHERE mail = 'a@2026-11-25'",
    "SELECT * FROM \"people@home\" WHERE '@' = '@'",
    'SELECT a @ b FROM sales',
    "SELECT '@ FROM sales@2026-11-25",
  ])('leaves alone: %s', (sql) => {
    expect(tableMoments(sql)).toEqual([]);
  });

  it.each([
    ['SELECT *\nFROM sales@yesterday', "INVALID_MOMENT: line 2:6: 'yesterday' is not a moment"],
    ['SELECT * FROM sales@2026-02-30', "line 1:15: '2026-02-30' is not a moment"],
    ['SELECT * FROM sales@2026-11-25T9:00', "'2026-11-25T9:00' is not a moment"],
    ['INSERT INTO sales@2026-11-25 SELECT 1', 'line 1:13: A table of the past can only be read'],
    ['DELETE FROM sales@2026-11-25', 'can only be read'],
    ['SELECT sales@2026-11-25', 'can only be read'],
    ['SELECT * FROM "sales@2026-02-30"', "'2026-02-30' is not a moment"],
    ['SELECT * FROM "sa*/les@2026-11-25"', 'does not name a table'],
  ])('refuses %s', (sql, message) => {
    expect(() => tableMoments(sql)).toThrow(message);
  });

  it('knows the place of the whole name', () => {
    const sql = 'SELECT 1\nFROM retail.sales@2026-11-25T12:00:00Z t';
    const [moment] = tableMoments(sql);
    expect(moment).toMatchObject({ at: noon, line: 2, column: 6, text: 'retail.sales@2026-11-25T12:00:00Z' });
    expect(sql.slice(moment?.start, moment?.end)).toBe(moment?.text);
  });
});

describe('a statement of the past', () => {
  const sql = `SELECT sales.x FROM sales@2026-11-25 WHERE y = 1\nUNION SELECT o.x FROM "sales@2026-11-24 10:00" o, z`;

  it('reads other tables under the same names', () => {
    expect(past(sql)).toBe(
      `SELECT sales.x FROM "v"."sales_1" AS "sales" /*@ sales@2026-11-25 @*/ WHERE y = 1\n` +
        `UNION SELECT o.x FROM "v"."sales_1" /*@ "sales@2026-11-24 10:00" @*/ o, z`,
    );
  });

  it('is shown as it was written', () => {
    expect(toOwnSql(past(sql))).toBe(sql);
    expect(toOwnSql('SELECT "a"."b" /* mine */ FROM c')).toBe('SELECT "a"."b" /* mine */ FROM c');
  });

  it('has its errors where the person wrote them', () => {
    const written = past(sql);
    for (const word of ['sales.x', 'WHERE', 'y = 1', 'UNION', 'o.x', 'z']) {
      const [own, at] = [placeOf(sql, word), placeOf(written, word)];
      expect(toOwnPlace(written, at), word).toEqual(own);
    }
    expect(toOwnPlace(written, placeOf(written, '"sales_1" AS'))).toEqual(placeOf(sql, 'sales@2026-11-25 '));
  });

  it('has its tables called as the person calls them', () => {
    expect(toOwnMessage(past(sql), "Table 'awsdatacatalog.v.sales_1' does not exist")).toBe(
      "Table 'awsdatacatalog.sales@2026-11-25' does not exist",
    );
  });
});

function placeOf(text: string, word: string): { line: number; column: number } {
  const before = text.slice(0, text.lastIndexOf(word)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
