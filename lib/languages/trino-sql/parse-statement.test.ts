import { describe, expect, it } from 'vitest';
import { bindParameters } from './parameters.ts';
import { parseStatement } from './parse-statement.ts';
import { splitStatements } from './split-statements.ts';
import { statementClass } from './statement.ts';

describe('a statement', () => {
  const kinds: [string, string, string][] = [
    ['  -- why\n SELECT 1;', 'SELECT', 'DML'],
    ['(SELECT 1) UNION SELECT 2', 'SELECT', 'DML'],
    ['WITH a AS (SELECT 1) SELECT * FROM a', 'SELECT', 'DML'],
    ['insert into t values (1)', 'INSERT', 'DML'],
    ['SHOW TABLES IN db', 'SHOW_TABLES', 'UTILITY'],
    ['DESC t', 'DESCRIBE', 'UTILITY'],
    ['CREATE TABLE t AS SELECT 1 AS a', 'CREATE_TABLE_AS_SELECT', 'DDL'],
    ['MSCK REPAIR TABLE t', 'REPAIR_TABLE', 'DDL'],
    ['EXPLAIN SELECT 1', 'EXPLAIN', 'UTILITY'],
    ['EXPLAIN ANALYZE INSERT INTO t SELECT 1', 'UNSUPPORTED', 'DDL'],
    ['EXECUTE p USING 1', 'EXECUTE', 'DML'],
    ['ALTER TABLE t ADD COLUMNS (a int)', 'ADD_COLUMNS', 'DDL'],
    ['ALTER TABLE t RENAME TO u', 'UNSUPPORTED', 'DDL'],
  ];
  it.each(kinds)('%s', (sql, type, classOf) => {
    const statement = parseStatement(sql);
    expect([statement.type, statementClass(statement)]).toEqual([type, classOf]);
  });

  const wrong: [string, string][] = [
    ['', "line 1:1: mismatched input '<EOF>'"],
    ['  \n SELCT 1', "line 2:2: mismatched input 'SELCT'"],
    ['DROP TABLE', "line 1:11: mismatched input '<EOF>'"],
    ['DROP TABLE t u', "line 1:14: mismatched input 'u'"],
    ['CREATE DATABASE d COMMENT x', "line 1:27: mismatched input 'x'"],
    ['SELECT 1; SELECT 2', 'line 1:11: Only one sql statement is allowed. Got: multiple statements'],
    ["SELECT 'a", "line 1:8: mismatched input '''. The text has no end"],
    ['SELECT 1 /* no end', "line 1:10: mismatched input '/*'. The text has no end"],
  ];
  it.each(wrong)('%s is refused with its place', (sql, message) => expect(() => parseStatement(sql)).toThrow(message));

  it('keeps the query inside it at its own place', () => {
    expect(
      parseStatement(
        "CREATE TABLE a.t WITH (format = 'PARQUET', partitioned_by = ARRAY['x', 'y']) AS\n SELECT 1 AS x WITH NO DATA",
      ),
    ).toMatchObject({
      table: { schema: 'a', name: 't' },
      properties: { format: 'PARQUET', partitioned_by: ['x', 'y'] },
      query: `${' '.repeat(79)}\n SELECT 1 AS x`,
      withData: false,
    });
    expect(parseStatement('INSERT INTO t (a, B) SELECT 1, 2 ;')).toMatchObject({
      columns: ['a', 'b'],
      query: `${' '.repeat(21)}SELECT 1, 2`,
    });
    expect(parseStatement("UNLOAD (SELECT (1)) TO 's3://b/' WITH (format = 'PARQUET')")).toMatchObject({
      query: `${' '.repeat(8)}SELECT (1)`,
      location: 's3://b/',
    });
  });
});

describe('a script', () => {
  it('is split at its semicolons, and nowhere else', () => {
    const script = 'SELECT \';\' AS a; -- ;\n\n/* ; */ SELECT "b;c" FROM t;;\n';
    expect(splitStatements(script)).toEqual([
      { text: "SELECT ';' AS a", start: 0, line: 1, column: 1 },
      { text: 'SELECT "b;c" FROM t', start: 31, line: 3, column: 9 },
    ]);
  });
});

describe('parameters', () => {
  it('take the places of the question marks that are not text', () => {
    expect(
      bindParameters('SELECT \'?\', "?" FROM t WHERE a = ? AND b < ? -- ?', ["'it''s'", "DATE '2024-01-15'"]),
    ).toBe("SELECT '?', \"?\" FROM t WHERE a = 'it''s' AND b < DATE '2024-01-15' -- ?");
    expect(bindParameters('SELECT ?', ['-1.5'])).toBe('SELECT - 1.5');
  });

  const escapes = [
    '1 OR true',
    "'a', 'b'",
    '(SELECT 1)',
    "'a'; DROP TABLE t",
    'x',
    "'a' || b",
    '',
    '/* */',
    '?',
    'string',
    '"null"',
    'number',
  ];
  it.each(escapes)('%s is no literal', (value) =>
    expect(() => bindParameters('SELECT ?', [value])).toThrow(/is not a literal/),
  );
});
