import { SqlError, type SqlPosition } from '../../../../lib/languages/trino-sql/sql-error.ts';
import { tokenize } from '../../../../lib/languages/trino-sql/tokenize.ts';
import { EngineError } from '../../engine/engine-error.ts';
import { AwsError } from '../../service.ts';
import type { AthenaError } from './execution.ts';

export interface Failure {
  state: 'FAILED' | 'CANCELLED';
  reason: string;
  error: AthenaError;
}

/** What Athena says of a failed execution: https://docs.aws.amazon.com/athena/latest/ug/error-reference.html */
export function explainFailure(error: unknown, sql: string): Failure {
  if (error instanceof SqlError) return failed(error.message, USER_ERROR);
  if (error instanceof AwsError)
    return failed(`${error.code}: ${error.message}`, error.code === 'AccessDenied' ? PERMISSION_ERROR : USER_ERROR);
  if (error instanceof EngineError) return explainEngineError(error, sql);
  return failed(`GENERIC_INTERNAL_ERROR: ${error instanceof Error ? error.message : String(error)}`, INTERNAL_ERROR);
}

const USER_ERROR: AthenaError = { category: 2, type: 1006, isRetryable: false };
const PERMISSION_ERROR: AthenaError = { category: 2, type: 1002, isRetryable: false };
const RESOURCE_ERROR: AthenaError = { category: 2, type: 1, isRetryable: false };
const INTERNAL_ERROR: AthenaError = { category: 1, type: 401, isRetryable: true };

function failed(reason: string, error: AthenaError): Failure {
  return { state: 'FAILED', reason, error };
}

function explainEngineError(error: EngineError, sql: string): Failure {
  switch (error.code) {
    case 'STATEMENT':
      return failed(error.message, USER_ERROR);
    case 'SQL':
      return failed(explainDuckMessage(error.message, sql).message, USER_ERROR);
    case 'CANCELLED':
      return { state: 'CANCELLED', reason: 'Query was cancelled by the user', error: USER_ERROR };
    case 'SCAN_LIMIT':
      return { state: 'CANCELLED', reason: `Bytes scanned limit was exceeded. ${error.message}`, error: USER_ERROR };
    case 'TIMEOUT':
      return failed('Query timeout', RESOURCE_ERROR);
    case 'OUT_OF_MEMORY':
      return failed('Query exhausted resources at this scale factor', RESOURCE_ERROR);
    case 'CRASHED':
    case 'CLOSED':
      return failed(`GENERIC_INTERNAL_ERROR: ${error.message}`, INTERNAL_ERROR);
  }
}

type Explain = (match: RegExpExecArray, sql: string) => SqlError;

/** DuckDB's messages and Trino's for the same. Positions in DuckDB's refer to translated text and are found anew. */
const MESSAGES: [RegExp, Explain][] = [
  [
    /^Binder Error: Referenced column "([^"]+)" (?:not found|was not found|that)/,
    (match, sql) => unresolved(match[1] as string, sql),
  ],
  [
    /^Binder Error: .* "([^"]+)" does not have a column named "([^"]+)"/,
    (match, sql) => unresolved(`${match[1]}.${match[2]}`, sql),
  ],
  [/^Binder Error: Referenced table "([^"]+)" not found/, (match, sql) => unresolvedTable(match[1] as string, sql)],
  [
    /^Binder Error: Ambiguous reference to column name "([^"]+)"/,
    (match, sql) => new SqlError('AMBIGUOUS_NAME', `Column '${match[1]}' is ambiguous`, find(match[1] as string, sql)),
  ],
  [
    /^Binder Error: column "?([^"]+?)"? must appear in the GROUP BY clause/,
    (match, sql) => {
      const message = `'${match[1]}' must be an aggregate expression or appear in GROUP BY clause`;
      return new SqlError('EXPRESSION_NOT_AGGREGATE', message, find(match[1] as string, sql));
    },
  ],
  [
    /^Binder Error: WHERE clause cannot contain (aggregates|window functions)/,
    (match, sql) =>
      new SqlError(
        'EXPRESSION_NOT_SCALAR',
        `WHERE clause cannot contain aggregations, window functions or grouping operations (${match[1]})`,
        find('where', sql),
      ),
  ],
  [
    /^Binder Error: (ORDER|GROUP) (?:BY )?term out of range - should be between 1 and (\d+)/,
    (match, sql) =>
      new SqlError(
        'INVALID_COLUMN_REFERENCE',
        `${match[1]} BY position is not in select list (1 to ${match[2]})`,
        find(match[1] as string, sql),
      ),
  ],
  [
    /^Binder Error: Set operations can only apply to expressions with the same number/,
    () => new SqlError('TYPE_MISMATCH', 'UNION query has different number of fields'),
  ],
  [
    /^Binder Error: No function matches the given name and argument types '(?:trino_)?(\w+|.)\((.*?)\)'/s,
    (match, sql) => {
      const types = (match[2] as string).toLowerCase().replaceAll('_literal', '').replaceAll('string', 'varchar');
      return new SqlError(
        'TYPE_MISMATCH',
        `Unexpected parameters (${types}) for function ${match[1]}`,
        find(match[1] as string, sql),
      );
    },
  ],
  [
    /^Binder Error: Could not choose a best candidate function for the function call "(\W)\((\w+), (\w+)\)"/,
    (match, sql) => {
      const [left, right] = [match[2], match[3]].map((type) =>
        (type as string).toLowerCase().replace('_literal', '').replace('string', 'varchar'),
      );
      return new SqlError(
        'TYPE_MISMATCH',
        `Cannot apply operator: ${left} ${match[1]} ${right}`,
        find(match[1] as string, sql),
      );
    },
  ],
  [
    /^Conversion Error: Could not convert string '(.*?)' to (\w+)/s,
    (match) =>
      new SqlError(
        'INVALID_CAST_ARGUMENT',
        `Cannot cast '${match[1]}' to ${TRINO_TYPES[match[2] as string] ?? match[2]}`,
      ),
  ],
  [/^Conversion Error: (.*)/, (match) => new SqlError('INVALID_CAST_ARGUMENT', match[1] as string)],
  [/^Out of Range Error: (.*)/, (match) => new SqlError('NUMERIC_VALUE_OUT_OF_RANGE', match[1] as string)],
  [
    /^Invalid Input Error: More than one row returned by a subquery/,
    () => new SqlError('SUBQUERY_MULTIPLE_ROWS', 'Scalar sub-query has returned multiple rows'),
  ],
  [
    /^Catalog Error: Table with name (\S+) does not exist/,
    (match, sql) =>
      new SqlError('TABLE_NOT_FOUND', `Table '${match[1]}' does not exist`, find(match[1] as string, sql)),
  ],
  [
    /^(?:Invalid Input|Malformed JSON|IO|Invalid|Not implemented) Error: (.*(?:JSON|CSV|Parquet|parquet|gzip|zstd).*)/s,
    (match) => new SqlError('HIVE_BAD_DATA', firstLine(match[1] as string)),
  ],
  [/^Invalid Input Error: (.*)/, (match) => new SqlError('INVALID_FUNCTION_ARGUMENT', match[1] as string)],
];

const TRINO_TYPES: Record<string, string> = {
  INT32: 'INT',
  INT64: 'BIGINT',
  INT16: 'SMALLINT',
  INT8: 'TINYINT',
  BOOL: 'BOOLEAN',
  FLOAT: 'REAL',
};

function explainDuckMessage(message: string, sql: string): SqlError {
  for (const [pattern, explain] of MESSAGES) {
    const match = pattern.exec(message);
    if (match) return explain(match, sql);
  }
  return new SqlError('GENERIC_USER_ERROR', hideFiles(firstLine(message)));
}

function unresolved(column: string, sql: string): SqlError {
  const message = `Column '${column}' cannot be resolved or requester is not authorized to access requested resources`;
  return new SqlError('COLUMN_NOT_FOUND', message, find(column.split('.').at(-1) as string, sql));
}

function unresolvedTable(table: string, sql: string): SqlError {
  const tokens = tokenizeSafely(sql);
  const index = tokens.findIndex(
    (token, at) => token.value.toLowerCase() === table.toLowerCase() && tokens[at + 1]?.text === '.',
  );
  const column = tokens[index + 2]?.value;
  return unresolved(column ? `${table}.${column}` : table, sql);
}

/** Where a word stands in the statement; the first place, if there are several. */
function find(word: string, sql: string): SqlPosition | undefined {
  const token = tokenizeSafely(sql).find(
    ({ type, value }) => type !== 'string' && value.toLowerCase() === word.toLowerCase(),
  );
  return token ? { line: token.line, column: token.column } : undefined;
}

function tokenizeSafely(sql: string) {
  try {
    return tokenize(sql);
  } catch {
    return [];
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] as string;
}

/** Where the lake keeps its files is nobody's business. */
function hideFiles(text: string): string {
  return text.replaceAll(/(?:\/[\w.-]+){3,}/g, '<file>');
}
