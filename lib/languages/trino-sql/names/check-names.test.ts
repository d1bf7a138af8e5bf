import { describe, expect, it } from 'vitest';
import { corpusStatements, recordedAnswers } from '@/infra/local/engine/dialect/testing/corpus.ts';
import { checkNames, type KnownColumns } from './check-names.ts';

const TABLES: Record<string, string[]> = {
  'lake.orders': 'order_id order_date ts customer region amount qty tags attrs addr js dt'.split(' '),
  'lake.customers': ['name', 'tier'],
};
const columnsOf: KnownColumns = ({ schema = 'lake', name }) => TABLES[`${schema}.${name}`];
const found = (sql: string) => checkNames(sql, columnsOf).map(({ message }) => message);

const ATHENAS = ' or requester is not authorized to access requested resources';
const UNRESOLVED = /COLUMN_NOT_FOUND: (line \d+:\d+: Column '.*' (?:cannot be resolved|is missing from))/;

describe('checkNames over the corpus', () => {
  const statements = Object.entries(corpusStatements()).flatMap(([family, all]) =>
    all.map((sql) => ({ sql, error: recordedAnswers()[family]?.[sql]?.error ?? '' })),
  );

  it('has nothing against what Trino runs, and against what it refuses for another reason', () => {
    expect(statements.length).toBeGreaterThan(500);
    const isOfNames = (error: string) => /(?:COLUMN|FUNCTION|TABLE)_NOT_FOUND/.test(error);
    const alarms = statements.filter(({ error }) => !isOfNames(error)).flatMap(({ sql }) => found(sql));
    expect(alarms).toEqual([]);
  });

  it('says of each unknown column what Trino says, where Trino says it', () => {
    const refused = statements.filter(({ error }) => UNRESOLVED.test(error) && !/\baddr\.nope\b/.test(error));
    expect(refused.length).toBeGreaterThan(5);
    for (const { sql, error } of refused) {
      const first = found(sql)[0]?.replace(ATHENAS, '') ?? '';
      expect([sql, UNRESOLVED.exec(first)?.[1]]).toEqual([sql, UNRESOLVED.exec(error)?.[1]]);
    }
  });
});

describe('checkNames', () => {
  const column = (place: string, name: string) =>
    `COLUMN_NOT_FOUND: line ${place}: Column '${name}' cannot be resolved${ATHENAS}`;

  it.each([
    ['SELECT nope FROM orders', column('1:8', 'nope')],
    ['SELECT qty\nFROM orders\nWHERE nopes > 1', column('3:7', 'nopes')],
    ['SELECT o.nope FROM orders o', column('1:8', 'o.nope')],
    ['SELECT orders.qty FROM orders o', column('1:8', 'orders.qty')],
    ['SELECT lake.orders.nope FROM lake.orders', column('1:8', 'lake.orders.nope')],
    ['SELECT sum(nope) FROM orders GROUP BY customer', column('1:12', 'nope')],
    ['SELECT qty FROM orders GROUP BY nope', column('1:33', 'nope')],
    ['SELECT qty FROM orders GROUP BY ROLLUP (nope)', column('1:41', 'nope')],
    ['SELECT qty AS x FROM orders WHERE x = 1', column('1:35', 'x')],
    ['SELECT qty AS x FROM orders ORDER BY y', column('1:38', 'y')],
    ['SELECT qty FROM orders UNION SELECT 1 ORDER BY customer', column('1:48', 'customer')],
    ['WITH a AS (SELECT qty AS n FROM orders) SELECT qty FROM a', column('1:48', 'qty')],
    ['WITH a(n) AS (SELECT qty FROM orders) SELECT a.qty FROM a', column('1:46', 'a.qty')],
    ['WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT m + 1 FROM t) SELECT n FROM t', column('1:51', 'm')],
    ['SELECT x.b FROM (SELECT qty AS a FROM orders) x', column('1:8', 'x.b')],
    ['SELECT b FROM (VALUES (1, 2)) AS t (a, c)', column('1:8', 'b')],
    ['SELECT o.qty FROM orders o JOIN customers c ON o.customer = c.nope', column('1:61', 'c.nope')],
    ['SELECT name FROM customers WHERE EXISTS (SELECT 1 FROM orders WHERE customer = nam)', column('1:80', 'nam')],
    ['SELECT c.name, (SELECT max(qty) FROM orders WHERE customer = c.nme) FROM customers c', column('1:62', 'c.nme')],
    ['SELECT transform(tags, t -> u) FROM orders', column('1:29', 'u')],
    ['SELECT t.n FROM orders o CROSS JOIN UNNEST(o.tagz) AS t (n)', column('1:44', 'o.tagz')],
    ['SELECT t.m FROM orders CROSS JOIN UNNEST(tags) AS t (n)', column('1:8', 't.m')],
    ['SELECT row_number() OVER (PARTITION BY nope ORDER BY qty) FROM orders', column('1:40', 'nope')],
    ['SELECT max(qty) FILTER (WHERE nope) FROM orders', column('1:31', 'nope')],
    ['SELECT a.name FROM customers a JOIN customers b USING (name)', column('1:8', 'a.name')],
    ['INSERT INTO customers SELECT nope, region FROM orders', column('1:30', 'nope')],
    ['EXPLAIN SELECT nope FROM orders', column('1:16', 'nope')],
    ["UNLOAD (SELECT nope FROM orders) TO 's3://b/k/' WITH (format = 'PARQUET')", column('1:16', 'nope')],
    ['SELECT "Nope" FROM orders', column('1:8', 'Nope')],
    [
      'SELECT 1 FROM orders JOIN customers USING (name)',
      "COLUMN_NOT_FOUND: line 1:44: Column 'name' is missing from left side of join",
    ],
    ['SELECT p.* FROM orders o', 'TABLE_NOT_FOUND: line 1:8: Unable to resolve reference p'],
    ['SELECT summ(qty) FROM orders', "FUNCTION_NOT_FOUND: line 1:8: Function 'summ' not registered"],
    ['SELECT upper(lowr(customer)) FROM nowhere', "FUNCTION_NOT_FOUND: line 1:14: Function 'lowr' not registered"],
  ])('tells what is unknown in %s', (sql, message) => {
    expect(found(sql)).toEqual([message]);
  });

  it('tells all of them, each where it stands', () => {
    expect(found('SELECT a, b FROM orders WHERE c = fn(d)').map((message) => /\d+:\d+/.exec(message)?.[0])).toEqual([
      '1:8',
      '1:11',
      '1:31',
      '1:35',
      '1:38',
    ]);
  });

  it.each([
    'SELECT ORDER_ID, "Customer", O.Qty FROM Orders O',
    'SELECT lake.orders.qty, orders.qty, awsdatacatalog.lake.orders.qty FROM lake.orders',
    'SELECT "$path", o."$file_size" FROM orders o',
    'SELECT addr.city, o.addr.zip, o.addr.anything FROM orders o',
    'SELECT addr.* FROM orders',
    'SELECT qty AS x FROM orders ORDER BY x, order_id, x + 1',
    'SELECT DISTINCT region AS r FROM orders ORDER BY r',
    'SELECT * FROM orders ORDER BY qty',
    'SELECT o.*, c.tier FROM orders o LEFT JOIN customers c ON c.name = o.customer',
    'SELECT name, a.tier FROM customers a JOIN customers b USING (name) ORDER BY name',
    'SELECT anything, t.more FROM nowhere t JOIN orders o ON t.x = o.qty WHERE what = 1',
    'SELECT anything FROM other_catalog.lake.nowhere',
    'SELECT n, i FROM orders CROSS JOIN UNNEST(tags) WITH ORDINALITY AS t (n, i)',
    'SELECT u.whatever FROM orders CROSS JOIN UNNEST(tags) AS u',
    'SELECT x FROM customers c CROSS JOIN LATERAL (SELECT c.tier AS x) l WHERE l.x = c.tier',
    'SELECT transform(tags, t -> t || customer), reduce(tags, 0, (s, x) -> s + 1, s -> s) FROM orders',
    'SELECT transform(tags, t -> filter(tags, u -> u = t)) FROM orders',
    'SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders WHERE customer = name AND c.tier = region)',
    'SELECT (SELECT (SELECT c.tier FROM orders LIMIT 1) FROM orders LIMIT 1) FROM customers c',
    'WITH orders AS (SELECT 1 AS mine) SELECT mine FROM orders',
    'WITH a AS (SELECT qty FROM orders), b AS (SELECT qty + 1 AS more FROM a) SELECT more FROM b WHERE b.more > 1',
    'WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT n FROM t',
    'WITH a AS (SELECT * FROM nowhere) SELECT anything FROM a',
    'SELECT a, b FROM (SELECT qty, region FROM orders) AS t (a, b)',
    'SELECT region, grouping(region, customer) FROM orders GROUP BY GROUPING SETS ((region), (customer), ())',
    'SELECT sum(qty) OVER w FROM orders WINDOW w AS (PARTITION BY region ORDER BY ts)',
    'SELECT qty FROM orders UNION ALL SELECT amount FROM orders ORDER BY qty',
    '(SELECT qty FROM orders) ORDER BY qty LIMIT 1',
    'TABLE customers',
    'SELECT t.* FROM (SELECT qty FROM orders) t ORDER BY t.qty',
    'SELECT o.* AS (a, b, c, d, e, f, g, h, i, j, k, l) FROM orders o ORDER BY l',
    "SELECT current_date, current_timestamp, localtime, extract(year FROM ts), date_add('day', 1, ts) FROM orders",
    "SELECT st_newest_of_all(1), concat_ws(',', customer), my_catalog.my_function(1) FROM orders",
    "SELECT json_value(js, 'lax $.a'), json_object('k': customer) FROM orders",
    'SELECT count(*) FROM orders TABLESAMPLE BERNOULLI (10) WHERE qty > 1',
    'SELECT * FROM orders MATCH_RECOGNIZE (PATTERN (A+) DEFINE A AS qty > 1) WHERE anything = 1',
    'SELECT table_name FROM information_schema.tables',
    'SELECT x FROM customers CROSS JOIN (SELECT max(qty) AS x FROM orders)',
    'SELECT qty FROM orders ORDER BY ',
    'CREATE VIEW v AS SELECT nope FROM orders',
    'PREPARE p FROM SELECT nope FROM orders',
    'EXECUTE p USING 1',
    'SHOW TABLES',
    'SELECT ? FROM orders WHERE qty = ?',
  ])('is silent about %s', (sql) => {
    expect(found(sql)).toEqual([]);
  });
});
