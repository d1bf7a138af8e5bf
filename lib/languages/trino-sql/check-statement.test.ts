import { describe, expect, it } from 'vitest';
import { checkStatement } from './check-statement';

describe('checkStatement', () => {
  it.each([
    'SELECT 1',
    'WITH a AS (SELECT 1 x) SELECT * FROM a WHERE x > ? ORDER BY 1;',
    'INSERT INTO t SELECT * FROM u',
    'SELECT sum(amount) FROM sales@2026-11-25T14:03:00Z s JOIN retail."trips@2026-11-25 14:03" ON true',
    "CREATE EXTERNAL TABLE t (a int) LOCATION 's3://b/k/'",
    "UNLOAD (SELECT 1) TO 's3://b/k/' WITH (format = 'PARQUET')",
    'EXPLAIN SELECT 1',
  ])('has nothing against %s', (sql) => {
    expect(checkStatement(sql)).toBeUndefined();
  });

  it.each([
    ['SELEC 1', "line 1:1: mismatched input 'SELEC'"],
    ['SELECT\n  a b c FROM t', "line 2:7: mismatched input 'c'"],
    ['SELECT (1', "line 1:10: mismatched input '<EOF>'"],
    ["SELECT 'a", "line 1:8: mismatched input '''. The text has no end"],
    ['INSERT INTO t SELECT FROM u', "line 1:22: mismatched input 'FROM'"],
    ['SELECT * FROM sales@2026-02-30 WHERE', "'2026-02-30' is not a moment"],
    ['SELECT a FROM sales@2026-11-25 WHERE WHERE', "line 1:38: mismatched input 'WHERE'"],
    ['', "mismatched input '<EOF>'"],
  ])('tells what is wrong with %s, and where', (sql, message) => {
    expect(checkStatement(sql)?.message).toContain(message);
  });
});
