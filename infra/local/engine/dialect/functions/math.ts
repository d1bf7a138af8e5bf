import { decimal, type Type } from '../../../../../lib/languages/trino-sql/types.ts';
import { duckType } from '../duck-type.ts';
import { calculate } from '../operators.ts';
import type { FunctionTable } from './definition.ts';

const whole = ([type]: Type[]): Type =>
  decimal(Math.min(38, (type?.precision ?? 38) - (type?.scale ?? 0) + Math.min(type?.scale ?? 0, 1)), 0);

const ofDouble = (...names: string[]): FunctionTable =>
  Object.fromEntries(names.map((name) => [`${name}(double) -> double`, `${name}($1)`]));

/** https://trino.io/docs/current/functions/math.html and …/bitwise.html */
export const MATH_FUNCTIONS: FunctionTable = {
  'abs(T:number) -> T': ([value], type) => `CAST(abs(${value?.sql}) AS ${duckType(type)})`,
  ...ofDouble('acos', 'asin', 'atan', 'cos', 'cosh', 'degrees', 'exp', 'radians', 'sin', 'sinh', 'tan', 'tanh'),
  'cbrt(double) -> double': 'js_cbrt($1)',
  'sqrt(double) -> double': "CASE WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) ELSE sqrt($1) END",
  'ln(double) -> double':
    "CASE WHEN $1 = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) ELSE ln($1) END",
  'log2(double) -> double':
    "CASE WHEN $1 = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) ELSE log2($1) END",
  'log10(double) -> double':
    "CASE WHEN $1 = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) ELSE log10($1) END",
  'log(double, double) -> double': 'ln($2) / ln($1)',
  'atan2(double, double) -> double': 'atan2($1, $2)',
  'pow(double, double) -> double': 'pow($1, $2)',
  'power(double, double) -> double': 'pow($1, $2)',
  'ceil(T:integer) -> T': '$1',
  'ceil(real) -> real': 'CAST(ceil($1) AS FLOAT)',
  'ceil(double) -> double': 'ceil($1)',
  'ceil(decimal(p,s)) -> decimal(r,0)': {
    sql: ([value], type) => `CAST(ceil(${value?.sql}) AS ${duckType(type)})`,
    returns: whole,
  },
  'ceiling(T:integer) -> T': '$1',
  'ceiling(real) -> real': 'CAST(ceil($1) AS FLOAT)',
  'ceiling(double) -> double': 'ceil($1)',
  'ceiling(decimal(p,s)) -> decimal(r,0)': {
    sql: ([value], type) => `CAST(ceil(${value?.sql}) AS ${duckType(type)})`,
    returns: whole,
  },
  'floor(T:integer) -> T': '$1',
  'floor(real) -> real': 'CAST(floor($1) AS FLOAT)',
  'floor(double) -> double': 'floor($1)',
  'floor(decimal(p,s)) -> decimal(r,0)': {
    sql: ([value], type) => `CAST(floor(${value?.sql}) AS ${duckType(type)})`,
    returns: whole,
  },
  'round(T:integer) -> T': '$1',
  'round(real) -> real': 'CAST(round($1) AS FLOAT)',
  'round(double) -> double': 'round($1)',
  'round(decimal(p,s)) -> decimal(r,0)': {
    sql: ([value], type) => `CAST(round(${value?.sql}, 0) AS ${duckType(type)})`,
    returns: whole,
  },
  'round(T:integer, integer) -> T': ([value, digits], type) =>
    `CASE WHEN ${digits?.sql} >= 0 THEN ${value?.sql} ELSE CAST(round(CAST(${value?.sql} AS DECIMAL(20, 0)), ${digits?.sql}) AS ${duckType(type)}) END`,
  'round(real, integer) -> real': 'CAST(round(CAST($1 AS DOUBLE), $2) AS FLOAT)',
  'round(double, integer) -> double': 'round($1, $2)',
  'round(decimal(p,s), integer) -> decimal(r,s)': {
    sql: ([value, digits], type) =>
      `CAST(${digits?.literal === undefined ? `trino_round_decimal(${value?.sql}, ${digits?.sql})` : `round(${value?.sql}, ${digits.literal})`} AS ${duckType(type)})`,
    returns: ([type]) => decimal(Math.min(38, (type?.precision ?? 38) + 1), type?.scale ?? 0),
  },
  'truncate(real) -> real': 'CAST(trunc($1) AS FLOAT)',
  'truncate(double) -> double': 'trunc($1)',
  'truncate(decimal(p,s)) -> decimal(r,0)': {
    sql: ([value], type) => `CAST(trunc(${value?.sql}) AS ${duckType(type)})`,
    returns: ([type]) => decimal(Math.max(1, (type?.precision ?? 38) - (type?.scale ?? 0)), 0),
  },
  'truncate(decimal(p,s), integer) -> decimal(p,s)': ([value, digits], type) =>
    `CAST(CAST(trunc(${value?.sql} * CAST(pow(10, ${digits?.sql}) AS DECIMAL(18, 0))) AS DOUBLE) / pow(10, ${digits?.sql}) AS ${duckType(type)})`,
  'sign(T:integer) -> T': ([value], type) => `CAST(sign(${value?.sql}) AS ${duckType(type)})`,
  'sign(real) -> real': 'CAST(sign($1) AS FLOAT)',
  'sign(double) -> double': 'CAST(sign($1) AS DOUBLE)',
  'sign(decimal(p,s)) -> decimal(1,0)': 'CAST(sign($1) AS DECIMAL(1, 0))',
  'mod(T:number, T:number) -> T': {
    sql: ([a, b]) => (a && b ? calculate('%', a, b, a.at).sql : 'NULL'),
  },
  'mod(decimal(a,b), decimal(c,d)) -> decimal(p,s)': {
    sql: ([a, b]) => (a && b ? calculate('%', a, b, a.at).sql : 'NULL'),
    returns: (_types, [a, b]) => (a && b ? calculate('%', a, b, a.at).type : decimal(38, 0)),
  },
  'e() -> double': 'exp(CAST(1 AS DOUBLE))',
  'pi() -> double': 'pi()',
  'nan() -> double': "CAST('NaN' AS DOUBLE)",
  'infinity() -> double': "CAST('Infinity' AS DOUBLE)",
  'is_nan(real) -> boolean': 'isnan($1)',
  'is_nan(double) -> boolean': 'isnan($1)',
  'is_finite(double) -> boolean': 'isfinite($1)',
  'is_infinite(double) -> boolean': 'isinf($1)',
  'rand() -> double': 'random()',
  'random() -> double': 'random()',
  'rand(T:integer) -> T': ([n], type) => `CAST(floor(random() * ${n?.sql}) AS ${duckType(type)})`,
  'random(T:integer) -> T': ([n], type) => `CAST(floor(random() * ${n?.sql}) AS ${duckType(type)})`,
  'rand(T:integer, T:integer) -> T': ([a, b], type) =>
    `CAST(${a?.sql} + floor(random() * (${b?.sql} - ${a?.sql})) AS ${duckType(type)})`,
  'random(T:integer, T:integer) -> T': ([a, b], type) =>
    `CAST(${a?.sql} + floor(random() * (${b?.sql} - ${a?.sql})) AS ${duckType(type)})`,
  'to_base(bigint, bigint) -> varchar(64)': 'js_to_base($1, $2)',
  'from_base(varchar(x), bigint) -> bigint': 'js_from_base($1, $2)',
  'width_bucket(double, double, double, bigint) -> bigint': `CASE WHEN $2 < $3 THEN CASE WHEN $1 < $2 THEN 0 WHEN $1 >= $3 THEN $4 + 1 ELSE CAST(floor($4 * (($1 - $2) / ($3 - $2))) + 1 AS BIGINT) END
    ELSE CASE WHEN $1 > $2 THEN 0 WHEN $1 <= $3 THEN $4 + 1 ELSE CAST(floor($4 * (($2 - $1) / ($2 - $3))) + 1 AS BIGINT) END END`,
  'width_bucket(double, array(double)) -> bigint': 'CAST(len(list_filter($2, lambda bound: bound <= $1)) AS BIGINT)',
  'normal_cdf(double, double, double) -> double': 'js_normal_cdf($1, $2, $3)',
  'wilson_interval_lower(bigint, bigint, double) -> double':
    'trino_wilson(CAST($1 AS DOUBLE), CAST($2 AS DOUBLE), $3, -1)',
  'wilson_interval_upper(bigint, bigint, double) -> double':
    'trino_wilson(CAST($1 AS DOUBLE), CAST($2 AS DOUBLE), $3, 1)',
  'cosine_similarity(map(varchar,double), map(varchar,double)) -> double': 'trino_cosine($1, $2)',
  'bitwise_and(bigint, bigint) -> bigint': '($1 & $2)',
  'bitwise_or(bigint, bigint) -> bigint': '($1 | $2)',
  'bitwise_xor(bigint, bigint) -> bigint': 'xor($1, $2)',
  'bitwise_not(bigint) -> bigint': '(~$1)',
  'bitwise_left_shift(T:integer, integer) -> T': ([value, bits], type) =>
    `CAST(js_shift('left', CAST(${value?.sql} AS BIGINT), ${bits?.sql}, ${BITS[type.base]}) AS ${duckType(type)})`,
  'bitwise_right_shift(T:integer, integer) -> T': ([value, bits], type) =>
    `CAST(js_shift('right', CAST(${value?.sql} AS BIGINT), ${bits?.sql}, ${BITS[type.base]}) AS ${duckType(type)})`,
  'bitwise_right_shift_arithmetic(T:integer, integer) -> T': ([value, bits], type) =>
    `CAST(js_shift('arithmetic', CAST(${value?.sql} AS BIGINT), ${bits?.sql}, ${BITS[type.base]}) AS ${duckType(type)})`,
  'bit_count(bigint, bigint) -> bigint': 'js_bit_count($1, $2)',
};

const BITS: Record<string, number> = { tinyint: 8, smallint: 16, integer: 32, bigint: 64 };
