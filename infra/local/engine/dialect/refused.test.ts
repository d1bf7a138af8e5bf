/** What Trino runs and the engine does not: refused by name, and never handed to DuckDB to be guessed. */
import { expect, it } from 'vitest';
import type { Catalog } from './catalog.ts';
import { compileQuery } from './translate.ts';

const catalog: Catalog = {
  find: ({ schema = 'd', name }) => ({ type: 'files', schema, name, columns: [], partitionColumns: [] }),
  within: () => catalog,
};

const refused: [string, string][] = [
  ['SELECT approx_set(1)', "NOT_SUPPORTED: line 1:8: Function 'approx_set' is not supported by the local engine"],
  ['SELECT ST_Point(1, 2)', "Function 'st_point' is not supported by the local engine"],
  ['SELECT numeric_histogram(2, 1e0)', "Function 'numeric_histogram' is not supported by the local engine"],
  ["SELECT word_stem('a')", "Function 'word_stem' is not supported by the local engine"],
  ['SELECT reduce_agg(1, 0, (a, b) -> a, (a, b) -> a)', "Function 'reduce_agg' is not supported by the local engine"],
  [
    'SELECT * FROM t MATCH_RECOGNIZE (PATTERN (A) DEFINE A AS true)',
    'NOT_SUPPORTED: line 1:17: MATCH_RECOGNIZE is not supported',
  ],
  ["SELECT * FROM JSON_TABLE('[]', 'lax $' COLUMNS (a integer))", 'JSON_TABLE is not supported by the local engine'],
  ['SELECT * FROM TABLE(sequence(1, 2))', 'TABLE(…) is not supported by the local engine'],
  [
    "SELECT * FROM t FOR TIMESTAMP AS OF TIMESTAMP '2024-01-01 00:00:00'",
    'FOR TIMESTAMP AS OF and FOR VERSION AS OF is not supported',
  ],
  ["SELECT IPADDRESS '10.0.0.1'", 'Type ipaddress is not supported by the local engine'],
  ["SELECT CAST('2024-01-01 00:00:00' AS timestamp(9))", 'its precision ends at microseconds'],
  ['SELECT current_time', 'time with time zone is not supported by the local engine'],
  ["SELECT json_value('{}', 'lax $.a.keyvalue().b ? (exists (@.c))')", 'The JSON path'],
  ["SELECT format_datetime(now(), 'G')", "The date pattern 'G' is not supported by the local engine"],
  ["SELECT read_text('/etc/passwd')", "FUNCTION_NOT_FOUND: line 1:8: Function 'read_text' not registered"],
  ["SELECT js_raise('x')", "Function 'js_raise' not registered"],
  ['SELECT trino_divide(1, 2)', "Function 'trino_divide' not registered"],
  [`SELECT ${'('.repeat(5000)}1${')'.repeat(5000)}`, 'STACK_OVERFLOW'],
  [`SELECT ${'NOT '.repeat(50_000)}true`, 'STACK_OVERFLOW'],
];

it.each(refused)('%.80s', (sql, message) => {
  expect(() => compileQuery(sql, [], catalog)).toThrow(message);
});

it('never lets a value out of its quotes', () => {
  const { sql } = compileQuery(
    'SELECT \'it\'\'s; DROP TABLE t --\' AS a, "x""y" FROM (VALUES 1) t("x""y") WHERE \'$1@[x]\' = \'@\'',
    [],
    catalog,
  );
  expect(sql).toContain("'it''s; DROP TABLE t --'");
  expect(sql).toContain("'$1@[x]'");
});
