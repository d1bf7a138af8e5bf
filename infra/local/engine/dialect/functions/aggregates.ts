import { decimal } from '../../../../../lib/languages/trino-sql/types.ts';
import { sortKey } from '../operators.ts';
import { textOf } from '../text-of.ts';
import type { FunctionTable, Sql } from './definition.ts';

const statistics = (names: string[], duck: string): FunctionTable =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`${name}(bigint) -> double`, `CAST(${duck}($d$1)@ AS DOUBLE)`],
      [`${name}(double) -> double`, `${duck}($d$1)@`],
    ]),
  );

const pairs = (...names: string[]): FunctionTable =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`${name}(double, double) -> double`, `${name}($1, $2)@`],
      [`${name}(real, real) -> real`, `CAST(${name}($1, $2)@ AS FLOAT)`],
    ]),
  );

/**
 * Exact up to so many rows, and of so many taken at random of more: off by less than a percentile, as Trino's, and in
 * memory that does not grow with the rows.
 */
const PERCENTILE_ROWS = 10_000;

const percentile = (type: string): FunctionTable => {
  const duck = { bigint: 'BIGINT', real: 'FLOAT', double: 'DOUBLE' }[type];
  const sample = `arg_min($1, random(), ${PERCENTILE_ROWS})@`;
  return {
    [`approx_percentile(${type}, double) -> ${type}`]: `CAST(list_aggregate(${sample}, 'quantile_disc', $2) AS ${duck})`,
    [`approx_percentile(${type}, array(double)) -> array(${type})`]: `CAST(list_aggregate(${sample}, 'quantile_disc', $2) AS ${duck}[])`,
  };
};

/**
 * Over all rows in memory that hardly grows with them: hashes are counted, 63 of 64 in 65,536 cells and the others whole.
 * How many values fill so many cells is what `trino_values_of` tells, within a percent
 * (https://doi.org/10.1145/78922.78925). Groups are counted exactly, since they are small.
 */
const approxDistinct: Sql = ([value], _returns, { at, isWhole }) => {
  const of = value?.sql ?? 'NULL';
  if (!isWhole) return `count(DISTINCT ${of})${at()}`;
  const hash = `hash(${of})`;
  const cell = `CASE WHEN ${hash} & 63 = 0 THEN ${hash} ELSE (${hash} >> 8) & 65535 END`;
  // NULL has a hash as well.
  const ofNull = `CASE WHEN count(*)${at()} > count(${of})${at()} THEN 1 ELSE 0 END`;
  return `trino_values_of(count(DISTINCT ${cell})${at()} - ${ofNull})`;
};

/** https://trino.io/docs/current/functions/aggregate.html */
export const AGGREGATE_FUNCTIONS: FunctionTable = {
  'any_value(T) -> T': 'any_value($1)@',
  'arbitrary(T) -> T': 'any_value($1)@',
  'array_agg(T) -> array(T)': 'list($d$1$o)@',
  'avg(bigint) -> double': 'avg($d$1)@',
  'avg(double) -> double': 'avg($d$1)@',
  'avg(real) -> real': 'CAST(avg($d$1)@ AS FLOAT)',
  'avg(decimal(p,s)) -> decimal(p,s)':
    'CAST(trino_decimal_divide(CAST(sum($d$1)@ AS DECIMAL(38, $s)), CAST(count($d$1)@ AS DECIMAL(38, 0)), 0, $s) AS $t)',
  'avg(interval day to second) -> interval day to second': 'to_milliseconds(CAST(trunc(avg(epoch_ms($1))@) AS BIGINT))',
  'bool_and(boolean) -> boolean': 'bool_and($1)@',
  'bool_or(boolean) -> boolean': 'bool_or($1)@',
  'every(boolean) -> boolean': 'bool_and($1)@',
  'checksum(T) -> varbinary': ([value], _returns, { at }) =>
    value ? `unhex(md5(string_agg(${textOf(value.sql, value.type)}, ',' ORDER BY ${sortKey(value)})${at()}))` : 'NULL',
  'count() -> bigint': 'count(*)@',
  'count(T) -> bigint': 'count($d$1)@',
  'count_if(boolean) -> bigint': 'CAST(count_if($1)@ AS BIGINT)',
  'geometric_mean(bigint) -> double': 'exp(avg(ln($1))@)',
  'geometric_mean(double) -> double': 'exp(avg(ln($1))@)',
  'geometric_mean(real) -> real': 'CAST(exp(avg(ln($1))@) AS FLOAT)',
  'listagg(varchar) -> varchar': "string_agg($d$1, ''$o)@",
  'listagg(varchar, varchar) -> varchar': 'string_agg($d$1, $2$o)@',
  'max(T:orderable) -> T': 'max($1)@',
  'min(T:orderable) -> T': 'min($1)@',
  'max(E:orderable, bigint) -> array(E)': 'max($1, $2)@',
  'min(E:orderable, bigint) -> array(E)': 'min($1, $2)@',
  'max_by(V, K:orderable) -> V': 'arg_max_null($1, $2)@',
  'min_by(V, K:orderable) -> V': 'arg_min_null($1, $2)@',
  'max_by(V, K:orderable, bigint) -> array(V)': 'max_by($1, $2, $3)@',
  'min_by(V, K:orderable, bigint) -> array(V)': 'min_by($1, $2, $3)@',
  'sum(bigint) -> bigint': 'trino_sum(sum($d$1)@)',
  'sum(double) -> double': 'sum($d$1)@',
  'sum(real) -> real': 'CAST(sum($d$1)@ AS FLOAT)',
  'sum(decimal(p,s)) -> decimal(38,s)': {
    sql: 'CAST(sum($d$1)@ AS $t)',
    returns: ([type]) => decimal(38, type?.scale ?? 0),
  },
  'sum(interval day to second) -> interval day to second': 'to_milliseconds(CAST(sum(epoch_ms($1))@ AS BIGINT))',
  'sum(interval year to month) -> interval year to month':
    "to_months(CAST(sum(datepart('year', $1) * 12 + datepart('month', $1))@ AS INTEGER))",
  'bitwise_and_agg(bigint) -> bigint': 'bit_and($1)@',
  'bitwise_or_agg(bigint) -> bigint': 'bit_or($1)@',
  'histogram(T) -> map(T,bigint)': 'trino_histogram(list($1)@[$1 IS NOT NULL])',
  'map_agg(K, V) -> map(K,V)': "trino_first_entries(list({'key': $1, 'value': $2})@[$1 IS NOT NULL])",
  'map_union(map(K,V)) -> map(K,V)': 'trino_first_entries(flatten(list(map_entries($1))@[$1 IS NOT NULL]))',
  'multimap_agg(K, V) -> map(K,array(V))': "trino_multimap(list({'key': $1, 'value': $2})@[$1 IS NOT NULL])",
  'approx_distinct(T) -> bigint': approxDistinct,
  'approx_distinct(T, double) -> bigint': approxDistinct,
  ...percentile('bigint'),
  ...percentile('real'),
  ...percentile('double'),
  ...pairs('corr', 'covar_pop', 'covar_samp', 'regr_intercept', 'regr_slope'),
  ...statistics(['kurtosis'], 'kurtosis'),
  // DuckDB's is that of a sample.
  'skewness(bigint) -> double':
    '(skewness($1)@ * (count($1)@ - 2) / sqrt(CAST(count($1)@ AS DOUBLE) * (count($1)@ - 1)))',
  'skewness(double) -> double':
    '(skewness($1)@ * (count($1)@ - 2) / sqrt(CAST(count($1)@ AS DOUBLE) * (count($1)@ - 1)))',
  ...statistics(['stddev', 'stddev_samp'], 'stddev_samp'),
  ...statistics(['stddev_pop'], 'stddev_pop'),
  ...statistics(['variance', 'var_samp'], 'var_samp'),
  ...statistics(['var_pop'], 'var_pop'),
};
