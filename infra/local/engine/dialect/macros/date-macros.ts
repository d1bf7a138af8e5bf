import type { MacroDefinitions } from '../macros.ts';

/** Date functions, by Trino's names: https://trino.io/docs/current/functions/datetime.html */
export const DATE_MACROS: MacroDefinitions = {
  // DuckDB's date_diff counts the boundaries crossed, Trino the complete units.
  date_diff: '(u, a, b) AS date_sub(u, a::TIMESTAMP, b::TIMESTAMP)',
  date_add: `(u, n, d DATE) AS CASE lower(u)
      WHEN 'day' THEN d + n::INT WHEN 'week' THEN d + (7 * n)::INT
      WHEN 'month' THEN (d + to_months(n::INT))::DATE WHEN 'quarter' THEN (d + to_months((3 * n)::INT))::DATE
      WHEN 'year' THEN (d + to_years(n::INT))::DATE ELSE error('''' || u || ''' is not a valid DATE field') END,
    (u, n, d TIMESTAMP) AS d + trino_interval(u, n), (u, n, d TIMESTAMPTZ) AS d + trino_interval(u, n)`,
  interval: `(u, n) AS CASE lower(u)
      WHEN 'millisecond' THEN to_milliseconds(n) WHEN 'second' THEN to_seconds(n) WHEN 'minute' THEN to_minutes(n)
      WHEN 'hour' THEN to_hours(n) WHEN 'day' THEN to_days(n::INT) WHEN 'week' THEN to_weeks(n::INT)
      WHEN 'month' THEN to_months(n::INT) WHEN 'quarter' THEN to_months((3 * n)::INT) WHEN 'year' THEN to_years(n::INT)
      ELSE error('''' || u || ''' is not a valid TIMESTAMP field') END`,
  // DuckDB makes a TIMESTAMP of a DATE that is truncated or moved; the typed overloads keep it a DATE.
  date_trunc: `(u, d DATE) AS CAST(date_trunc(u, d) AS DATE), (u, d TIMESTAMP) AS date_trunc(u, d),
    (u, d TIMESTAMPTZ) AS date_trunc(u, d)`,
  add_interval: `(d DATE, i) AS CAST(d + i AS DATE), (d TIMESTAMP, i) AS d + i, (d TIMESTAMPTZ, i) AS d + i,
    (d INTERVAL, i) AS d + i`,
  subtract: '(a DATE, b DATE) AS to_days(CAST(a - b AS INTEGER)), (a, b) AS a - b',
  // A timestamp without a zone is UTC, the session's zone; AT TIME ZONE shows it elsewhere.
  at_time_zone: `(d TIMESTAMP, z) AS timezone(z, timezone('UTC', d)), (d TIMESTAMPTZ, z) AS timezone(z, d)`,
  at_timezone: '(d, z) AS d::TIMESTAMPTZ',
  with_timezone: '(d, z) AS timezone(z, d::TIMESTAMP)',
  from_unixtime: '(x) AS to_timestamp(x)::TIMESTAMP, (x, z) AS to_timestamp(x)',
  from_unixtime_nanos: '(x) AS make_timestamptz(x // 1000)',
  to_unixtime: '(x) AS epoch(x)::DOUBLE',
  to_milliseconds: '(i) AS CAST(epoch_ms(i) AS BIGINT)',
  from_iso8601_timestamp: '(s) AS s::TIMESTAMPTZ',
  from_iso8601_date: '(s) AS s::DATE',
  to_iso8601: `(d DATE) AS d::VARCHAR, (d TIMESTAMP) AS strftime(d, '%Y-%m-%dT%H:%M:%S.%g'),
    (d TIMESTAMPTZ) AS strftime(d, '%Y-%m-%dT%H:%M:%S.%gZ')`,
  last_day_of_month: '(d) AS last_day(d)',
  // Monday is 1 in Trino; DuckDB's day of week has Sunday as 0.
  day_of_week: '(d) AS isodow(d)',
  dow: '(d) AS isodow(d)',
  day_of_month: '(d) AS day(d)',
  day_of_year: '(d) AS dayofyear(d)',
  doy: '(d) AS dayofyear(d)',
  week_of_year: '(d) AS week(d)',
  year_of_week: '(d) AS isoyear(d)',
  yow: '(d) AS isoyear(d)',
  millisecond: '(d) AS millisecond(d) % 1000',
  timezone_hour: '(d) AS timezone_hour(d)',
  timezone_minute: '(d) AS timezone_minute(d)',
  current_timezone: `() AS 'UTC'`,
  date: '(x) AS CAST(x AS DATE)',
  human_readable_seconds: `(n) AS (n // 60)::VARCHAR || ' minute, ' || (n % 60)::VARCHAR || ' seconds'`,
  parse_duration: '(s) AS s::INTERVAL',
};
