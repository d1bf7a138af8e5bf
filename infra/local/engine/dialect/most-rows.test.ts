import { expect, it } from 'vitest';
import { parseQuery } from '../../../../lib/languages/trino-sql/query-parser.ts';
import { mostRows } from './most-rows.ts';

it.each([
  ['SELECT 1', 1],
  ['SELECT 1 WHERE false', 1],
  ['SELECT count(*), max(n) + 1 FROM t', 1],
  ['SELECT count(*) FROM t HAVING count(*) > 3', 1],
  ['SELECT sum(n) OVER () FROM t', undefined],
  ['SELECT n FROM t WHERE n = (SELECT max(n) FROM t)', undefined],
  ['SELECT count(*) FROM t GROUP BY n', undefined],
  ['SELECT count(*) FROM t GROUP BY n LIMIT 7', 7],
  ['SELECT n FROM t', undefined],
  ['SELECT n FROM t ORDER BY n LIMIT 100', 100],
  ['SELECT n FROM t ORDER BY n OFFSET 5 LIMIT 100', 100],
  ['SELECT n FROM t ORDER BY n FETCH FIRST 3 ROWS WITH TIES', undefined],
  ['SELECT n FROM t LIMIT ALL', undefined],
  ['TABLE t', undefined],
  ['VALUES 1, 2, 3', 3],
  ['SELECT * FROM (VALUES 1, 2, 3) AS v (n)', undefined],
  ['VALUES 1, 2 UNION ALL SELECT count(*) FROM t', 3],
  ['SELECT 1 UNION SELECT n FROM t', undefined],
  ['SELECT 1 EXCEPT SELECT n FROM t', 1],
  ['(SELECT n FROM t LIMIT 5) LIMIT 9', 5],
  ['WITH w AS (SELECT n FROM t) SELECT max(n) FROM w', 1],
])('%s', (sql, rows) => {
  expect(mostRows(parseQuery(sql))).toBe(rows);
});
