import { describe, expect, it } from 'vitest';
import { offsetOf, statementAt, statementsIn, statementsWithin } from './statement-at';

describe('statementAt', () => {
  const text = 'select 1;\n\n select \';\' -- a; b\n, "x;y" /* ; */ from t;\n';

  it('finds nothing in nothing', () => {
    expect(statementAt(' ;\n; ', 2)).toEqual({ sql: '', from: 0, to: 0 });
  });

  it('takes the statement around the cursor', () => {
    expect(statementAt(text, 0).sql).toBe('select 1');
    expect(statementAt(text, 9).sql).toBe('select 1');
    expect(statementAt(text, 20).sql).toBe('select \';\' -- a; b\n, "x;y" /* ; */ from t');
  });

  it('takes the last one when the cursor is behind them all', () => {
    expect(statementAt(text, text.length).sql).toMatch(/from t$/);
  });

  it('lives with quotes and comments that are still open', () => {
    expect(statementAt("select 'a; b", 5).sql).toBe("select 'a; b");
    expect(statementAt('select 1 /* ; ', 5).sql).toBe('select 1 /* ;');
  });

  it('tells where the statement stands, so that an error can be shown there', () => {
    const statement = statementAt(text, 20);
    expect(text.slice(statement.from, statement.to)).toBe(statement.sql);
  });
});

describe('statementsIn', () => {
  it('splits at semicolons that end a statement, and at no other', () => {
    const text = `SELECT ';' ; -- a;\nSELECT "x;y" /* ; */;;\n  -- only a comment;\n; SELECT 'it''s; so'`;
    expect(statementsIn(text).map(({ sql }) => sql)).toEqual([
      "SELECT ';'",
      '-- a;\nSELECT "x;y" /* ; */',
      "SELECT 'it''s; so'",
    ]);
    for (const { sql, from, to } of statementsIn(text)) expect(text.slice(from, to)).toBe(sql);
  });

  it('keeps the places of the whole for what is selected', () => {
    const text = 'SELECT 1; SELECT 2; SELECT 3';
    const found = statementsWithin(text, 10, text.length);
    expect(found.map(({ from, to }) => text.slice(from, to))).toEqual(['SELECT 2', 'SELECT 3']);
    expect(statementsWithin(text, 17, 18)).toEqual([{ sql: '2', from: 17, to: 18 }]);
  });
});

it('turns line and column into an offset, within the text', () => {
  expect(offsetOf('ab\ncd', 2, 2)).toBe(4);
  expect(offsetOf('ab\ncd', 2, 99)).toBe(5);
  expect(offsetOf('ab', 9, 1)).toBe(2);
});
