import { describe, expect, it } from 'vitest';
import { queryNames } from './query-names.ts';

function tablesOf(sql: string): string[] {
  return queryNames(sql).tables.map((table) => [table.catalog, table.schema, table.name].filter(Boolean).join('.'));
}

describe('tables of a query', () => {
  const cases: [string, string[]][] = [
    ['SELECT 1', []],
    ['SELECT * FROM Orders', ['orders']],
    [
      'SELECT * FROM "awsdatacatalog"."Retail".orders o, b AS x(c, d) JOIN e ON e.a = o.a',
      ['awsdatacatalog.retail.orders', 'b', 'e'],
    ],
    ['SELECT a FROM (SELECT b FROM c) d WHERE x IN (SELECT y FROM f)', ['c', 'f']],
    ['SELECT * FROM (a CROSS JOIN b), (SELECT 1) c, d', ['a', 'b', 'd']],
    ["SELECT extract(year FROM ts), trim(both 'x' FROM y), substring(z FROM 2) FROM t", ['t']],
    ['SELECT a IS DISTINCT FROM b FROM t WHERE c IS NOT DISTINCT FROM d', ['t']],
    ['WITH orders AS (SELECT * FROM orders) SELECT * FROM orders', ['orders']],
    [
      'WITH a AS (SELECT * FROM x), b(c) AS (SELECT * FROM a, y) SELECT * FROM a JOIN b ON true JOIN db.a ON true',
      ['x', 'y', 'db.a'],
    ],
    ['WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT * FROM n', []],
    ['SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a) b, a', ['a']],
    ['SELECT * FROM t CROSS JOIN UNNEST(t.tags) WITH ORDINALITY AS u(tag, n), v', ['t', 'v']],
    ['SELECT * FROM c CROSS JOIN LATERAL (SELECT sum(q) s FROM o WHERE o.c = c.n) t', ['c', 'o']],
    ['SELECT * FROM (VALUES (1, a), (2, b)) v(x, y), w', ['w']],
    ['SELECT a FROM t UNION SELECT b FROM u ORDER BY 1, z', ['t', 'u']],
    ['SELECT a, b FROM t GROUP BY a, b', ['t']],
    ['SELECT * FROM TABLE(sequence(1, 2)), t', ['t']],
    ['TABLE a UNION (TABLE db.b)', ['a', 'db.b']],
    ['SELECT \'-- FROM x\', "from" /* FROM y */ FROM t -- , z', ['t']],
  ];
  it.each(cases)('%s', (sql, tables) => expect(tablesOf(sql)).toEqual(tables));

  it('says where they stand', () => {
    expect(queryNames('SELECT *\n  FROM retail.x').tables).toEqual([
      { schema: 'retail', name: 'x', line: 2, column: 8 },
    ]);
  });
});

describe('functions of a query', () => {
  const cases: [string, string[]][] = [
    ['SELECT count(*) FILTER (WHERE x > 1) OVER (PARTITION BY y), Foo (1) FROM t', ['count', 'foo']],
    ['SELECT a FROM orders o(a, b) WHERE a IN (1, 2) AND EXISTS (SELECT 1)', []],
    ["WITH c(a) AS (SELECT 1) SELECT CAST(a AS decimal(10, 2)), date_diff('day', b, c) FROM c", ['cast', 'date_diff']],
    ["SELECT * FROM read_csv('/etc/passwd')", ['read_csv']],
    ["SELECT * FROM t, read_csv('x') JOIN glob('y') ON true", ['read_csv', 'glob']],
    ['SELECT t.a, "pragma_version"() FROM t', ['pragma_version']],
    ['SELECT x FROM UNNEST(split(a, b)) AS t(x)', ['split']],
  ];
  it.each(cases)('%s', (sql, functions) =>
    expect(queryNames(sql).functions.map((call) => call.name)).toEqual(functions),
  );
});
