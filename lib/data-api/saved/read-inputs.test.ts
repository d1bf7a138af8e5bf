import { expect, it } from 'vitest';
import { readInputs } from './read-inputs';

it('finds every table, in the database that it is in', () => {
  const sql = `WITH a AS (SELECT * FROM sales) SELECT * FROM a JOIN other.stores s ON a.id = s.id
    WHERE x IN (SELECT x FROM "AwsDataCatalog"."retail"."visits$partitions")`;
  expect(readInputs(sql, 'lake')).toEqual([
    { database: 'lake', name: 'sales' },
    { database: 'other', name: 'stores' },
    { database: 'retail', name: 'visits' },
  ]);
  expect(readInputs('SELECT 1', 'lake')).toEqual([]);
  expect(readInputs(`SELECT "now", 'current_date', t."current_date" FROM t`, 'lake')).toHaveLength(1);
});

it.each([
  'SELECT now()',
  'SELECT * FROM t WHERE day = CURRENT_DATE',
  'SELECT random()',
  'SELECT uuid() FROM t',
  'SELECT * FROM t TABLESAMPLE BERNOULLI (10)',
  'SELECT * FROM mysql.shop.orders',
  'SELECT * FROM information_schema.tables',
  'SELECT * FROM sales@2026-11-25',
  'SHOW TABLES',
  "SELECT 'open",
])('does not pretend to know what decides %s', (sql) => {
  expect(readInputs(sql, 'lake')).toBeUndefined();
});
