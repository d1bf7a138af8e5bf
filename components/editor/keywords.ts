import type { Expected } from '@/lib/languages/trino-sql/editing/cursor-context.ts';

interface Keyword {
  kind: 'keyword';
  label: string;
}

const words = (list: string): Keyword[] =>
  list
    .trim()
    .split(/\s*\|\s*/)
    .map((label) => ({ kind: 'keyword', label }));

const STATEMENT = words(
  `SELECT | WITH | INSERT INTO | CREATE TABLE | CREATE EXTERNAL TABLE | CREATE OR REPLACE VIEW | CREATE VIEW | CREATE DATABASE |
  DROP TABLE | DROP VIEW | ALTER TABLE | DESCRIBE | EXPLAIN | EXPLAIN ANALYZE | SHOW TABLES | SHOW DATABASES | SHOW COLUMNS FROM |
  SHOW PARTITIONS | SHOW CREATE TABLE | SHOW CREATE VIEW | SHOW TBLPROPERTIES | MSCK REPAIR TABLE | UNLOAD | PREPARE | EXECUTE |
  DEALLOCATE PREPARE | VALUES`,
);
const RELATION = words('UNNEST | LATERAL');
const EXPRESSION = words(
  `DISTINCT | CASE | WHEN | THEN | ELSE | END | NOT | AND | OR | IN | EXISTS | BETWEEN | LIKE | IS NULL | IS NOT NULL | NULL | TRUE |
  FALSE | INTERVAL | DATE | TIMESTAMP | ARRAY | ROW | CURRENT_DATE | CURRENT_TIMESTAMP | CAST | TRY_CAST | FROM | SELECT | ALL`,
);
const AFTER_ITEM = words('FROM | AS');
const AFTER_TABLE = words(
  'WHERE | JOIN | LEFT JOIN | INNER JOIN | RIGHT JOIN | FULL JOIN | CROSS JOIN | ON | USING | AS | GROUP BY | ORDER BY | LIMIT | TABLESAMPLE',
);
const AFTER_CONDITION = words('AND | OR | GROUP BY | ORDER BY | HAVING | LIMIT | JOIN | LEFT JOIN | WHERE');
const AFTER_ORDER = words('ASC | DESC | NULLS FIRST | NULLS LAST | LIMIT | OFFSET | FETCH FIRST');
const ALWAYS = words(
  `AND | OR | IN | NOT | LIKE | BETWEEN | IS NULL | IS NOT NULL | THEN | WHEN | ELSE | END | OVER | PARTITION BY | ORDER BY |
  ROWS BETWEEN | UNBOUNDED PRECEDING | CURRENT ROW | FILTER | WITHIN GROUP | GROUP BY | HAVING | LIMIT | OFFSET | WHERE | FROM |
  UNION | UNION ALL | INTERSECT | EXCEPT | AS | ASC | DESC | SELECT | VALUES | AT TIME ZONE | ESCAPE | TO | PARTITION | LOCATION |
  STORED AS | PARTITIONED BY | TBLPROPERTIES | ROW FORMAT SERDE | WITH SERDEPROPERTIES | ADD COLUMNS | ADD PARTITION | SET LOCATION |
  GROUPING SETS | ROLLUP | CUBE`,
);

const AFTER: Record<string, Keyword[]> = {
  select: AFTER_ITEM,
  from: AFTER_TABLE,
  where: AFTER_CONDITION,
  on: AFTER_CONDITION,
  group: words('HAVING | ORDER BY | LIMIT'),
  having: words('AND | OR | ORDER BY | LIMIT'),
  order: AFTER_ORDER,
};

/** The words that may follow, those that mostly do first. */
export function keywordsFor(expected: Expected, clause?: string): Keyword[] {
  if (expected === 'statement') return STATEMENT;
  if (expected === 'relation') return RELATION;
  if (expected === 'expression') return EXPRESSION;
  const likely = AFTER[clause ?? ''] ?? [];
  const labels = new Set(likely.map(({ label }) => label));
  return [...likely, ...ALWAYS.filter(({ label }) => !labels.has(label))];
}

/** https://docs.aws.amazon.com/athena/latest/ug/data-types.html */
export const TYPES = [
  'varchar',
  'integer',
  'bigint',
  'double',
  'decimal(10, 2)',
  'date',
  'timestamp',
  'boolean',
  'char(1)',
  'smallint',
  'tinyint',
  'real',
  'varbinary',
  'json',
  'array(varchar)',
  'map(varchar, varchar)',
  'row(name varchar)',
  'time',
  'timestamp with time zone',
  'uuid',
  'ipaddress',
];
