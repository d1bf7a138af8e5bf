import { SqlError } from '../../../../../lib/languages/trino-sql/sql-error.ts';
import { type Type, timestamp } from '../../../../../lib/languages/trino-sql/types.ts';
import { type Compiled, quoteText } from '../compiled.ts';
import { fromMysqlPattern, isKnownJodaPattern } from '../date-patterns.ts';
import type { FunctionTable, Sql } from './definition.ts';

/** The clock of a moment, whatever its type: a zone's own for those that have one. */
const local = (value: Compiled | undefined): string =>
  value?.type.base === 'timestamp with time zone' ? `trino_local(${value.sql})` : (value?.sql ?? 'NULL');

const part = (names: string[], types: string[], sql: string): FunctionTable =>
  Object.fromEntries(
    names.flatMap((name) =>
      types.map((type): [string, Sql] => [
        `${name}(${type}) -> bigint`,
        ([value]) => `CAST(${sql.replaceAll('$1', local(value))} AS BIGINT)`,
      ]),
    ),
  );

const DAYS = ['date', 'timestamp(p)', 'timestamp(p) with time zone'];
const CLOCKS = ['time(p)', 'timestamp(p)', 'timestamp(p) with time zone'];

const mysql = ([value, pattern]: Compiled[]): string => {
  const known = pattern?.literal === undefined ? undefined : fromMysqlPattern(pattern.literal);
  return known === undefined
    ? `js_date_format(epoch_us(CAST(${local(value)} AS TIMESTAMP)), ${pattern?.sql})`
    : `strftime(${local(value)}, ${quoteText(known)})`;
};

const joda = ([value, pattern]: Compiled[]): string => {
  if (
    value?.type.base === 'timestamp' &&
    pattern?.literal !== undefined &&
    /[zZ]/.test(pattern.literal.replaceAll(/'[^']*'/g, ''))
  ) {
    throw new SqlError(
      'INVALID_FUNCTION_ARGUMENT',
      "format_datetime for TIMESTAMP type, cannot use 'Z' nor 'z' in format, as this type does not contain TZ information",
    );
  }
  refuseUnknownPattern(pattern);
  const zone = value?.type.base === 'timestamp with time zone' ? `${value.sql}.z` : "'UTC'";
  const instant = value?.type.base === 'timestamp with time zone' ? `${value.sql}.i` : local(value);
  return `js_joda_format(epoch_us(CAST(${local(value)} AS TIMESTAMP)), epoch_us(CAST(${instant} AS TIMESTAMP)), ${zone}, ${pattern?.sql})`;
};

function refuseUnknownPattern(pattern: Compiled | undefined): void {
  if (pattern?.literal !== undefined && !isKnownJodaPattern(pattern.literal)) {
    throw new SqlError(
      'NOT_SUPPORTED',
      `The date pattern '${pattern.literal}' is not supported by the local engine`,
      pattern.at,
    );
  }
}

const UNITS: Record<string, string> = {
  millisecond: 'milliseconds',
  second: 'seconds',
  minute: 'minutes',
  hour: 'hours',
  day: 'days',
  week: 'weeks',
  month: 'months',
  quarter: 'quarters',
  year: 'years',
};

function unitOf(unit: Compiled | undefined, kind: string, allowed: string[]): string | undefined {
  if (unit?.literal === undefined) return undefined;
  const name = unit.literal.toLowerCase();
  if (!allowed.includes(name))
    throw new SqlError('INVALID_FUNCTION_ARGUMENT', `'${unit.literal}' is not a valid ${kind} field`);
  return name;
}

const ALL_UNITS = Object.keys(UNITS);
const DATE_UNITS = ['day', 'week', 'month', 'quarter', 'year'];

function added(
  sql: string,
  unit: Compiled | undefined,
  amount: Compiled | undefined,
  kind: string,
  allowed: string[],
): string {
  const name = unitOf(unit, kind, allowed);
  return name === undefined
    ? `(${sql} + trino_interval(${unit?.sql}, ${amount?.sql}))`
    : `(${sql} + ${interval(name, amount?.sql ?? 'NULL')})`;
}

function interval(unit: string, amount: string): string {
  if (unit === 'quarter') return `to_months(CAST(3 * ${amount} AS INTEGER))`;
  return `to_${UNITS[unit]}(CAST(${amount} AS ${['day', 'week', 'month', 'year'].includes(unit) ? 'INTEGER' : unit === 'millisecond' || unit === 'second' ? 'DOUBLE' : 'BIGINT'}))`;
}

const difference =
  (kind: string, allowed: string[]): Sql =>
  ([unit, from, to]) => {
    const name = unitOf(unit, kind, allowed);
    const [a, b] =
      kind === 'TIME' ? [from?.sql, to?.sql] : [`CAST(${local(from)} AS TIMESTAMP)`, `CAST(${local(to)} AS TIMESTAMP)`];
    const instants =
      from?.type.base === 'timestamp with time zone' &&
      ['millisecond', 'second', 'minute', 'hour'].includes(name ?? '');
    return `date_sub(${name === undefined ? `lower(${unit?.sql})` : quoteText(name)}, ${instants ? `${from?.sql}.i` : a}, ${instants ? `${to?.sql}.i` : b})`;
  };

const truncated = (sql: string, unit: Compiled | undefined, kind: string, allowed: string[]): string => {
  const name = unitOf(unit, kind, allowed);
  return `date_trunc(${name === undefined ? unit?.sql : quoteText(name)}, ${sql})`;
};

const moment =
  (precision: number) =>
  (_types: Type[], args: Compiled[]): Type => {
    const literal = args[0]?.literal;
    return literal !== undefined && /^\d+$/.test(literal)
      ? { base: 'timestamp with time zone', precision: Math.min(6, Number(literal)) }
      : { base: 'timestamp with time zone', precision };
  };

/** https://trino.io/docs/current/functions/datetime.html */
export const DATE_FUNCTIONS: FunctionTable = {
  ...part(['year'], DAYS, 'year($1)'),
  ...part(['quarter'], DAYS, 'quarter($1)'),
  ...part(['month'], DAYS, 'month($1)'),
  ...part(['week', 'week_of_year'], DAYS, 'week($1)'),
  ...part(['day', 'day_of_month'], DAYS, 'day($1)'),
  ...part(['day_of_week', 'dow'], DAYS, 'isodow($1)'),
  ...part(['day_of_year', 'doy'], DAYS, 'dayofyear($1)'),
  ...part(['year_of_week', 'yow'], DAYS, 'isoyear($1)'),
  ...part(['hour'], CLOCKS, 'hour($1)'),
  ...part(['minute'], CLOCKS, 'minute($1)'),
  ...part(['second'], CLOCKS, 'second($1)'),
  ...part(['millisecond'], CLOCKS, 'millisecond($1) % 1000'),
  'year(interval year to month) -> bigint': "CAST(datepart('year', $1) AS BIGINT)",
  'month(interval year to month) -> bigint': "CAST(datepart('month', $1) AS BIGINT)",
  'day(interval day to second) -> bigint': 'CAST(trunc(epoch_ms($1) / 86400000) AS BIGINT)',
  'day_of_month(interval day to second) -> bigint': 'CAST(trunc(epoch_ms($1) / 86400000) AS BIGINT)',
  'hour(interval day to second) -> bigint': 'CAST(trunc(epoch_ms($1) / 3600000) AS BIGINT) % 24',
  'minute(interval day to second) -> bigint': 'CAST(trunc(epoch_ms($1) / 60000) AS BIGINT) % 60',
  'second(interval day to second) -> bigint': 'CAST(trunc(epoch_ms($1) / 1000) AS BIGINT) % 60',
  'millisecond(interval day to second) -> bigint': 'CAST(epoch_ms($1) AS BIGINT) % 1000',
  'timezone_hour(timestamp(p) with time zone) -> bigint':
    "CAST(trunc(date_sub('minute', $1.i, trino_local($1)) / 60) AS BIGINT)",
  'timezone_minute(timestamp(p) with time zone) -> bigint': "date_sub('minute', $1.i, trino_local($1)) % 60",
  'date(varchar(x)) -> date':
    "trino_fits(CASE WHEN regexp_full_match($1, '\\s*[0-9]+-[0-9]{1,2}-[0-9]{1,2}\\s*') THEN TRY_CAST($1 AS DATE) END, $1 IS NULL, 'Value cannot be cast to date: ' || $1)",
  'date(date) -> date': '$1',
  'date(timestamp(p)) -> date': 'CAST($1 AS DATE)',
  'date(timestamp(p) with time zone) -> date': 'CAST(trino_local($1) AS DATE)',
  'date_add(varchar(x), bigint, date) -> date': ([unit, amount, value]) =>
    `CAST(${added(value?.sql ?? '', unit, amount, 'DATE', DATE_UNITS)} AS DATE)`,
  'date_add(varchar(x), bigint, time(p)) -> time(p)': ([unit, amount, value]) =>
    added(value?.sql ?? '', unit, amount, 'TIME', ALL_UNITS.slice(0, 4)),
  'date_add(varchar(x), bigint, timestamp(p)) -> timestamp(p)': {
    sql: ([unit, amount, value]) => added(value?.sql ?? '', unit, amount, 'TIMESTAMP', ALL_UNITS),
    returns: (types) => timestamp(types[2]?.precision ?? 3),
  },
  'date_add(varchar(x), bigint, timestamp(p) with time zone) -> timestamp(p) with time zone': ([unit, amount, value]) =>
    `trino_zoned(${added(local(value), unit, amount, 'TIMESTAMP', ALL_UNITS)}, ${value?.sql}.z)`,
  'date_diff(varchar(x), date, date) -> bigint': difference('DATE', DATE_UNITS),
  'date_diff(varchar(x), time(p), time(p)) -> bigint': difference('TIME', ALL_UNITS.slice(0, 4)),
  'date_diff(varchar(x), timestamp(p), timestamp(p)) -> bigint': difference('TIMESTAMP', ALL_UNITS),
  'date_diff(varchar(x), timestamp(p) with time zone, timestamp(p) with time zone) -> bigint': difference(
    'TIMESTAMP',
    ALL_UNITS,
  ),
  'date_trunc(varchar(x), date) -> date': ([unit, value]) =>
    `CAST(${truncated(value?.sql ?? '', unit, 'DATE', DATE_UNITS)} AS DATE)`,
  'date_trunc(varchar(x), time(p)) -> time(p)': ([unit, value]) =>
    `CAST(${truncated(`(CAST('1970-01-01' AS DATE) + ${value?.sql})`, unit, 'TIME', ALL_UNITS.slice(0, 4))} AS TIME)`,
  'date_trunc(varchar(x), timestamp(p)) -> timestamp(p)': ([unit, value]) =>
    truncated(value?.sql ?? '', unit, 'TIMESTAMP', ALL_UNITS),
  'date_trunc(varchar(x), timestamp(p) with time zone) -> timestamp(p) with time zone': ([unit, value]) =>
    `trino_zoned(${truncated(local(value), unit, 'TIMESTAMP', ALL_UNITS)}, ${value?.sql}.z)`,
  'date_format(timestamp(p), varchar(x)) -> varchar': mysql,
  'date_format(timestamp(p) with time zone, varchar(x)) -> varchar': mysql,
  'date_parse(varchar(x), varchar(y)) -> timestamp(3)': 'make_timestamp(js_date_parse($1, $2))',
  'format_datetime(timestamp(p), varchar(x)) -> varchar': joda,
  'format_datetime(timestamp(p) with time zone, varchar(x)) -> varchar': joda,
  'parse_datetime(varchar(x), varchar(y)) -> timestamp(3) with time zone': ([text, pattern]) => {
    refuseUnknownPattern(pattern);
    return `trino_parsed(js_joda_parse(${text?.sql}, ${pattern?.sql}))`;
  },
  'from_unixtime(double) -> timestamp(3) with time zone':
    "{'i': make_timestamp(CAST(round($1 * 1000) AS BIGINT) * 1000), 'z': 'UTC'}",
  'from_unixtime(double, varchar(x)) -> timestamp(3) with time zone':
    "{'i': make_timestamp(CAST(round($1 * 1000) AS BIGINT) * 1000), 'z': trino_zone($2)}",
  'from_unixtime(double, bigint, bigint) -> timestamp(3) with time zone':
    "{'i': make_timestamp(CAST(round($1 * 1000) AS BIGINT) * 1000), 'z': trino_offset(to_minutes($2 * 60 + $3))}",
  'to_unixtime(timestamp(p)) -> double': '(epoch_us($1) / CAST(1000000 AS DOUBLE))',
  'to_unixtime(timestamp(p) with time zone) -> double': '(epoch_us($1.i) / CAST(1000000 AS DOUBLE))',
  'to_milliseconds(interval day to second) -> bigint': 'CAST(epoch_ms($1) AS BIGINT)',
  'from_iso8601_timestamp(varchar(x)) -> timestamp(3) with time zone': 'trino_parsed(js_iso_timestamp($1))',
  'from_iso8601_date(varchar(x)) -> date': 'CAST(js_iso_date($1) AS DATE)',
  'to_iso8601(date) -> varchar(16)': 'CAST($1 AS VARCHAR)',
  'to_iso8601(timestamp(p)) -> varchar(n)': {
    sql: ([value]) =>
      `strftime(${value?.sql}, '%Y-%m-%dT%H:%M:%S') || ${value?.type.precision === 0 ? "''" : `'.' || left(strftime(${value?.sql}, '%f'), ${value?.type.precision ?? 3})`}`,
    returns: ([type]) => ({
      base: 'varchar',
      length: 22 + ((type?.precision ?? 3) === 0 ? 0 : 1 + (type?.precision ?? 3)),
    }),
  },
  'to_iso8601(timestamp(p) with time zone) -> varchar(n)': {
    sql: ([value]) =>
      `strftime(${local(value)}, '%Y-%m-%dT%H:%M:%S') || ${value?.type.precision === 0 ? "''" : `'.' || left(strftime(${local(value)}, '%f'), ${value?.type.precision ?? 3})`} || trino_offset_text(${value?.sql})`,
    returns: ([type]) => ({
      base: 'varchar',
      length: 28 + ((type?.precision ?? 3) === 0 ? 0 : 1 + (type?.precision ?? 3)),
    }),
  },
  'at_timezone(timestamp(p) with time zone, varchar(x)) -> timestamp(p) with time zone':
    "{'i': $1.i, 'z': trino_zone($2)}",
  'with_timezone(timestamp(p), varchar(x)) -> timestamp(p) with time zone': 'trino_zoned($1, trino_zone($2))',
  'last_day_of_month(date) -> date': 'last_day($1)',
  'last_day_of_month(timestamp(p)) -> date': 'last_day($1)',
  'last_day_of_month(timestamp(p) with time zone) -> date': 'last_day(trino_local($1))',
  'now() -> timestamp(3) with time zone':
    "{'i': timezone('UTC', date_trunc('milliseconds', get_current_timestamp())), 'z': 'UTC'}",
  'current_timestamp() -> timestamp(3) with time zone':
    "{'i': timezone('UTC', date_trunc('milliseconds', get_current_timestamp())), 'z': 'UTC'}",
  'current_timestamp(integer) -> timestamp(3) with time zone': {
    sql: "{'i': timezone('UTC', get_current_timestamp()), 'z': 'UTC'}",
    returns: moment(3),
  },
  'localtimestamp() -> timestamp(3)': "timezone('UTC', date_trunc('milliseconds', get_current_timestamp()))",
  'localtimestamp(integer) -> timestamp(3)': "timezone('UTC', date_trunc('milliseconds', get_current_timestamp()))",
  'localtime() -> time(3)': "CAST(timezone('UTC', date_trunc('milliseconds', get_current_timestamp())) AS TIME)",
  'current_timezone() -> varchar': "'UTC'",
  'human_readable_seconds(double) -> varchar': 'js_human_seconds($1)',
  'parse_duration(varchar(x)) -> interval day to second': 'to_milliseconds(js_parse_duration($1))',
  'parse_data_size(varchar(x)) -> decimal(38,0)': 'CAST(js_parse_data_size($1) AS DECIMAL(38, 0))',
  'parse_presto_data_size(varchar(x)) -> decimal(38,0)': 'CAST(js_parse_data_size($1) AS DECIMAL(38, 0))',
};
