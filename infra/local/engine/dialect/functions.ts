import { FUNCTION_REWRITES } from './function-rewrites.ts';
import { MACROS } from './macros.ts';

/** Macros that only the translation itself uses. */
const INTERNAL = new Set(['interval', 'add_interval', 'subtract', 'at_time_zone']);

/** DuckDB has the same function by another name; a plain rename keeps DISTINCT, FILTER and OVER possible. */
const RENAMED: Record<string, string> = {
  arbitrary: 'any_value',
  approx_percentile: 'quantile_disc',
  bitwise_and_agg: 'bit_and',
  bitwise_or_agg: 'bit_or',
  bitwise_xor_agg: 'bit_xor',
  listagg: 'string_agg',
};

/** Functions that mean the same in both, or that the translation knows by itself. */
const NATIVE = new Set(
  `abs acos any_value approx_distinct array_agg array_max array_min asin atan atan2 avg bool_and bool_or cast cbrt ceil
  ceiling chr coalesce concat_ws contains corr cos cosh count count_if covar_pop covar_samp cume_dist current_date
  current_timestamp day degrees dense_rank every exp extract first_value floor grouping histogram hour if kurtosis lag
  last_value lead length ln log10 log2 lower lpad ltrim map map_entries map_from_entries map_keys map_values max max_by
  min min_by minute mod month now nth_value ntile nullif percent_rank pi position pow power quarter radians
  rank regexp_extract_all regr_intercept regr_slope reverse round row row_number rpad rtrim second sign sin sinh skewness split
  split_part sqrt starts_with stddev stddev_pop stddev_samp substr substring sum tan tanh translate trim try try_cast
  unnest upper uuid var_pop var_samp variance week year year_of_week json_object json_array`.split(/\s+/),
);

/** Whether a query may call this function. What is not known is refused, and never handed to DuckDB to be guessed. */
export function isKnownFunction(name: string): boolean {
  if (INTERNAL.has(name)) return false;
  return (
    NATIVE.has(name) ||
    Object.hasOwn(MACROS, name) ||
    Object.hasOwn(FUNCTION_REWRITES, name) ||
    Object.hasOwn(RENAMED, name)
  );
}

/**
 * The name under which a call is handed to the translator: macros under their prefix, so that it lets them pass.
 * `max(x)` and `min(x)` are DuckDB's own; with a count they are macros.
 */
export function translatedName(name: string, argumentCount: number): string {
  if (Object.hasOwn(RENAMED, name)) return RENAMED[name] as string;
  if ((name === 'max' || name === 'min') && argumentCount < 2) return name;
  return Object.hasOwn(MACROS, name) && !INTERNAL.has(name) ? `trino_${name}` : name;
}
