import { SqlError } from '../../../lib/languages/trino-sql/sql-error.ts';

type Explain = (match: RegExpExecArray) => SqlError;

const INTEGERS: Record<string, string> = {
  INT8: 'tinyint',
  INT16: 'smallint',
  INT32: 'integer',
  INT64: 'bigint',
  INT128: 'bigint',
};
const OPERATIONS: Record<string, string> = {
  addition: 'addition',
  subtraction: 'subtraction',
  multiplication: 'multiplication',
};

/** What DuckDB says of a row, and what Trino says of the same. What is wrong with a statement is said before it runs. */
const MESSAGES: [RegExp, Explain][] = [
  // Raised by our own functions.
  [/^Invalid Input Error: ([A-Z_]{6,}): (.*)$/s, (match) => new SqlError(match[1] as string, match[2] as string)],
  [
    /Overflow in (\w+) of (\w+) \((-?\d+) ([-+*]) (-?\d+)\)/,
    (match) =>
      new SqlError(
        'NUMERIC_VALUE_OUT_OF_RANGE',
        `${INTEGERS[match[2] as string] ?? match[2]} ${OPERATIONS[match[1] as string] ?? match[1]} overflow: ${match[3]} ${match[4]} ${match[5]}`,
      ),
  ],
  [
    /Type INT128 with value (-?\d+) can't be cast/,
    (match) => new SqlError('NUMERIC_VALUE_OUT_OF_RANGE', `bigint overflow: ${match[1]}`),
  ],
  [
    /More than one row returned by a subquery/,
    () => new SqlError('SUBQUERY_MULTIPLE_ROWS', 'Scalar sub-query has returned multiple rows'),
  ],
  [/Map keys must be unique/, () => new SqlError('INVALID_FUNCTION_ARGUMENT', 'Duplicate map keys are not allowed')],
  [
    /Malformed JSON in file "([^"]*)", at byte \d+ in line (\d+): ([^.\n]*)/,
    (match) =>
      new SqlError(
        'HIVE_CURSOR_ERROR',
        `Row is not a valid JSON Object - ${match[3]} (line ${match[2]} of ${match[1]})`,
      ),
  ],
  [
    /JSON transform error in file "([^"]*)", in line (\d+): ([^\n]*)/,
    (match) =>
      new SqlError('HIVE_BAD_DATA', `Error parsing a field value: ${match[3]} (near line ${match[2]} of ${match[1]})`),
  ],
  [
    /Error while reading file "([^"]*)": failed to cast column "([^"]*)" from type (\S+) to (\S+?):/,
    (match) =>
      new SqlError(
        'HIVE_BAD_DATA',
        `Field ${match[2]}'s type ${match[3]} in parquet file ${match[1]} is incompatible with type ${match[4]?.toLowerCase()} defined in table schema`,
      ),
  ],
  [
    /(?:File '([^']*)' too small to be a Parquet file|No magic bytes found at end of file '([^']*)')/,
    (match) =>
      new SqlError('HIVE_BAD_DATA', `Not valid Parquet file: ${match[1] ?? match[2]} expected magic number: PAR1`),
  ],
  [
    /does not support null_padding in conjunction with quoted new lines.*?file = (\S+)/s,
    (match) =>
      new SqlError(
        'HIVE_BAD_DATA',
        `A quoted field has a line break in it, which OpenCSVSerde does not read: ${match[1]}`,
      ),
  ],
  [
    /CSV Error on Line: (\d+)\n(?:Original Line: .*\n)?(.*)\n.*?file = (\S+)/s,
    (match) => new SqlError('HIVE_BAD_DATA', `${firstLine(match[2] as string)} (line ${match[1]} of ${match[3]})`),
  ],
  [
    /^(?:Invalid Input|Malformed JSON|IO|Invalid|Not implemented) Error: (.*(?:JSON|CSV|Parquet|parquet|gzip|GZIP|zstd|ZSTD).*)/s,
    (match) => new SqlError('HIVE_BAD_DATA', firstLine(match[1] as string)),
  ],
  [/^Conversion Error: (.*)/, (match) => new SqlError('INVALID_CAST_ARGUMENT', firstLine(match[1] as string))],
  [/^Out of Range Error: (.*)/, (match) => new SqlError('NUMERIC_VALUE_OUT_OF_RANGE', firstLine(match[1] as string))],
  [/^Invalid Input Error: (.*)/, (match) => new SqlError('INVALID_FUNCTION_ARGUMENT', firstLine(match[1] as string))],
];

export function explainDuckMessage(message: string): SqlError {
  for (const [pattern, explain] of MESSAGES) {
    const match = pattern.exec(message);
    if (match) return explain(match);
  }
  return new SqlError('GENERIC_USER_ERROR', hideFiles(firstLine(message)));
}

function firstLine(text: string): string {
  return text.split('\n')[0] as string;
}

/** Where the lake keeps its files is nobody's business. */
function hideFiles(text: string): string {
  return text.replaceAll(/(?:\/[\w.-]+){3,}/g, '<file>');
}
