/**
 * What the compiled SQL calls and DuckDB does not have. A macro is made for a query only if the query names it; `js_…`
 * are functions in JavaScript, see script-functions.ts. A macro names its arguments as often as it likes: DuckDB finds
 * what is common.
 */
const ZONE_SHIFT =
  "CASE WHEN z[1] IN ('+', '-') THEN to_minutes(CAST(z[1] || '1' AS INTEGER) * (CAST(z[2:3] AS INTEGER) * 60 + CAST(z[5:6] AS INTEGER))) END";

// A message that is the same for every row is raised before any row is looked at: some below end in nothing of a row.
const MACROS: Record<string, string> = {
  trino_raise: '(message) AS js_raise(message)',
  trino_divide: `(a, b) AS CASE WHEN b = 0 THEN CAST(js_raise('DIVISION_BY_ZERO: Division by zero') AS TINYINT) ELSE a // b END`,
  trino_modulo: `(a, b) AS CASE WHEN b = 0 THEN CAST(js_raise('DIVISION_BY_ZERO: Division by zero') AS TINYINT) ELSE a % b END`,
  trino_unscaled: `(x) AS CAST(replace(CAST(x AS VARCHAR), '.', '') AS HUGEINT)`,
  // Half up, away from zero: n / d with `shift` more digits.
  trino_quotient: `(n, d) AS CASE WHEN d = 0 THEN CAST(js_raise('DIVISION_BY_ZERO: Division by zero') AS HUGEINT)
    ELSE sign(n) * sign(d) * ((2 * abs(n) + abs(d)) // (2 * abs(d))) END`,
  trino_decimal_divide: `(a, b, shift, scale) AS js_decimal(CAST(trino_quotient(trino_unscaled(a) * CAST(10 ** shift AS HUGEINT), trino_unscaled(b)) AS VARCHAR), scale)`,
  trino_round_decimal: '(x, digits) AS js_round_decimal(CAST(x AS VARCHAR), digits)',
  trino_sum: '(x) AS CAST(x AS BIGINT)',
  // n values fill 65536 (1 - exp(-63n / 64 / 65536)) + n / 64 cells, solved for n by Newton's method, which comes from below.
  trino_values_of: `(cells) AS CAST(round(list_reduce(list_prepend(CAST(cells AS DOUBLE), CAST(range(60) AS DOUBLE[])), lambda n, step:
    n + (cells - 65536 * (1 - exp(-n / 66576.25396825397)) - n / 64) / (0.984375 * exp(-n / 66576.25396825397) + 0.015625))) AS BIGINT)`,
  trino_wilson: `(successes, trials, z, side) AS (successes + z * z / 2 + side * z * sqrt(successes * (trials - successes) / trials + z * z / 4)) / (trials + z * z)`,
  trino_cosine: `(a, b) AS list_sum(list_transform(map_keys(a), lambda k: a[k] * coalesce(b[k], 0))) / (sqrt(list_sum(list_transform(map_values(a), lambda v: v * v))) * sqrt(list_sum(list_transform(map_values(b), lambda v: v * v))))`,
  trino_fits: `(value, is_null, message) AS CASE WHEN is_null OR value IS NOT NULL THEN value ELSE CASE WHEN js_raise('INVALID_CAST_ARGUMENT: ' || message) IS NULL THEN value END END`,
  trino_in_range: `(x, value, type) AS CASE WHEN x IS NULL OR value IS NOT NULL THEN value WHEN js_raise('NUMERIC_VALUE_OUT_OF_RANGE: Out of range for ' || type || ': ' || x) IS NULL THEN value END`,
  trino_round_to: `(x, rounded, value, type) AS CASE WHEN x IS NULL OR value IS NOT NULL THEN value WHEN js_raise('INVALID_CAST_ARGUMENT: Unable to cast ' || java_double(x) || ' to ' || type) IS NULL THEN value END`,
  trino_text_fits: `(text, shown, n) AS CASE WHEN length(text) <= n THEN text ELSE js_raise('INVALID_CAST_ARGUMENT: Value ' || CASE WHEN text = shown THEN shown ELSE shown || ' (' || text || ')' END || ' cannot be represented as varchar(' || n || ')') END`,
  trino_double_text: `(v) AS CASE WHEN isnan(v) THEN 'NaN' WHEN isinf(v) THEN CASE WHEN v > 0 THEN 'Infinity' ELSE '-Infinity' END WHEN v = 0 THEN '0E0'
    ELSE CASE WHEN v < 0 THEN '-' ELSE '' END || java_scientific(CAST(abs(v) AS VARCHAR)) END`,
  trino_json_double: `(text) AS CASE WHEN text IN ('NaN', 'Infinity', '-Infinity') THEN '"' || text || '"' ELSE text END`,
  trino_array_equals: `(a, b) AS CASE WHEN len(a) <> len(b) THEN false WHEN NOT (trino_has_null(a) OR trino_has_null(b)) THEN a = b
    WHEN len(list_filter(range(1, CAST(len(a) + 1 AS BIGINT)), lambda i: a[i] <> b[i])) > 0 THEN false END`,
  trino_array_concat: '(a, b) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN list_concat(a, b) END',
  trino_has_null: '(a) AS (len(list_filter(a, lambda item: item IS NULL)) > 0)',
  trino_not_null: '(a) AS list_filter(a, lambda item: item IS NOT NULL)',
  trino_has: '(a, x) AS CASE WHEN x IS NULL THEN trino_has_null(a) ELSE list_contains(a, x) END',
  trino_distinct: `(a) AS list_transform(list_filter(range(1, CAST(len(a) + 1 AS BIGINT)), lambda i: CASE WHEN a[i] IS NULL THEN len(list_filter(a[1:i - 1], lambda e: e IS NULL)) = 0 ELSE coalesce(list_position(a, a[i]), 0) = i END), lambda i: a[i])`,
  trino_subscript: `(a, i) AS CASE WHEN i BETWEEN 1 AND len(a) THEN a[i] WHEN a IS NULL OR i IS NULL THEN NULL
    WHEN js_raise('INVALID_FUNCTION_ARGUMENT: ' || CASE WHEN i = 0 THEN 'SQL array indices start at 1' WHEN i < 0 THEN 'Array subscript is negative: ' || i ELSE 'Array subscript must be less than or equal to array length: ' || i || ' > ' || len(a) END) IS NULL THEN a[1] END`,
  trino_element: `(a, i) AS CASE WHEN i = 0 AND a IS NOT NULL THEN CASE WHEN js_raise('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1' || left(CAST(len(a) AS VARCHAR), 0)) IS NULL THEN NULL END ELSE a[i] END`,
  trino_map_value: `(m, k) AS CASE WHEN m IS NULL OR k IS NULL THEN NULL WHEN map_contains(m, k) THEN m[k] WHEN js_raise('INVALID_FUNCTION_ARGUMENT: Key not present in map: ' || CAST(k AS VARCHAR) || left(CAST(cardinality(m) AS VARCHAR), 0)) IS NULL THEN m[k] END`,
  trino_map: `(keys, items) AS CASE WHEN len(keys) <> len(items) THEN CASE WHEN js_raise('INVALID_FUNCTION_ARGUMENT: Key and value arrays must be the same length' || left(CAST(len(keys) AS VARCHAR), 0)) IS NULL THEN NULL END
    WHEN trino_has_null(keys) THEN CASE WHEN js_raise('INVALID_FUNCTION_ARGUMENT: map key cannot be null' || left(CAST(len(keys) AS VARCHAR), 0)) IS NULL THEN NULL END
    WHEN len(list_distinct(keys)) < len(keys) THEN CASE WHEN js_raise('INVALID_FUNCTION_ARGUMENT: Duplicate map keys (' || CAST(list_filter(keys, lambda k: len(list_filter(keys, lambda o: o = k)) > 1)[1] AS VARCHAR) || ') are not allowed') IS NULL THEN NULL END
    ELSE map_from_entries(list_transform(range(1, CAST(len(keys) + 1 AS BIGINT)), lambda i: {'key': keys[i], 'value': items[i]})) END`,
  trino_first_entries: `(entries) AS map_from_entries(list_filter(list_transform(range(1, CAST(len(entries) + 1 AS BIGINT)), lambda i: CASE WHEN list_position(list_transform(entries, lambda e: e.key), entries[i].key) = i THEN entries[i] END), lambda e: e IS NOT NULL))`,
  trino_multimap: `(entries) AS map_from_entries(list_transform(trino_distinct(list_transform(entries, lambda e: e.key)), lambda k: {'key': k, 'value': list_transform(list_filter(entries, lambda e: e.key = k), lambda e: e.value)}))`,
  trino_histogram: `(items) AS map_from_entries(list_transform(trino_distinct(trino_not_null(items)), lambda k: {'key': k, 'value': CAST(len(list_filter(items, lambda e: e = k)) AS BIGINT)}))`,
  trino_pair: `(pair, separator) AS CASE WHEN strpos(pair, separator) = 0 THEN CASE WHEN js_raise('INVALID_FUNCTION_ARGUMENT: Key-value delimiter must appear exactly once in each entry. Bad input: ''' || pair || '''') IS NULL THEN NULL END
    ELSE {'key': string_split(pair, separator)[1], 'value': string_split(pair, separator)[2]} END`,
  trino_all:
    '(list) AS CASE WHEN list_contains(list, false) THEN false WHEN trino_has_null(list) THEN NULL WHEN list IS NOT NULL THEN true END',
  trino_any:
    '(list) AS CASE WHEN list_contains(list, true) THEN true WHEN trino_has_null(list) THEN NULL WHEN list IS NOT NULL THEN false END',
  trino_slice: `(a, start, n) AS CASE WHEN start = 0 THEN CASE WHEN js_raise('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1' || left(CAST(len(a) AS VARCHAR), 0)) IS NULL THEN NULL END
    WHEN start > 0 THEN list_slice(a, start, start + n - 1) WHEN len(a) + start < 0 THEN list_slice(a, 1, 0) ELSE list_slice(a, CAST(len(a) + start + 1 AS BIGINT), CAST(len(a) + start + n AS BIGINT)) END`,
  trino_sequence: `(a, b, step) AS CASE WHEN step = 0 THEN CASE WHEN js_raise('INVALID_FUNCTION_ARGUMENT: step must not be zero' || left(concat(a, b, step), 0)) IS NULL THEN NULL END
    WHEN ((step > 0 AND b < a) OR (step < 0 AND b > a)) THEN CASE WHEN js_raise('INVALID_FUNCTION_ARGUMENT: sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start' || left(concat(a, b, step), 0)) IS NULL THEN NULL END
    WHEN (CAST(b AS HUGEINT) - a) // step >= 10000 THEN CASE WHEN js_raise('INVALID_FUNCTION_ARGUMENT: result of sequence function must not have more than 10000 entries' || left(concat(a, b, step), 0)) IS NULL THEN NULL END
    ELSE generate_series(a, b, step) END`,
  trino_substr: `(s, start, n) AS CASE WHEN n <= 0 OR start = 0 OR abs(start) > length(s) THEN CASE WHEN s IS NOT NULL AND start IS NOT NULL THEN '' END
    WHEN start > 0 THEN substring(s, start, n) ELSE substring(s, CAST(length(s) + start + 1 AS BIGINT), n) END`,
  trino_pad: `(padded, n, pad) AS CASE WHEN pad = '' THEN js_raise('INVALID_FUNCTION_ARGUMENT: Padding string must not be empty' || pad) WHEN n < 0 THEN js_raise('INVALID_FUNCTION_ARGUMENT: Target length must be in the range [0..2147483647]' || left(CAST(n AS VARCHAR), 0))
    WHEN n > 10000000 THEN js_raise('EXCEEDED_FUNCTION_MEMORY_LIMIT: Padding to more than 10000000 characters' || left(CAST(n AS VARCHAR), 0)) ELSE padded END`,
  trino_split: `(s, d, n) AS CASE WHEN n <= 0 THEN [js_raise('INVALID_FUNCTION_ARGUMENT: Limit must be positive')] WHEN len(string_split(s, d)) <= n THEN string_split(s, d)
    ELSE list_append(string_split(s, d)[1:n - 1], array_to_string(string_split(s, d)[n:], d)) END`,
  trino_strings: '(json) AS CAST(CAST(json AS JSON) AS VARCHAR[])',
  trino_json_objects: '(json) AS CAST(CAST(json AS JSON) AS JSON[])',
  trino_json_parse: '(s) AS CAST(js_json_parse(s) AS JSON)',
  trino_json_items: '(j) AS CAST(CAST(js_json_items(CAST(j AS VARCHAR)) AS JSON) AS JSON[])',
  trino_json_entries:
    "(j) AS list_transform(CAST(CAST(js_json_entries(CAST(j AS VARCHAR)) AS JSON) AS JSON[]), lambda e: {'key': json_extract_string(e, '$.key'), 'value': json_extract(e, '$.value')})",
  trino_json_field: '(j, name, place) AS CAST(js_json_field(CAST(j AS VARCHAR), name, place) AS JSON)',
  trino_interval: `(u, n) AS CASE lower(u) WHEN 'millisecond' THEN to_milliseconds(n) WHEN 'second' THEN to_seconds(n) WHEN 'minute' THEN to_minutes(n)
      WHEN 'hour' THEN to_hours(n) WHEN 'day' THEN to_days(CAST(n AS INTEGER)) WHEN 'week' THEN to_weeks(CAST(n AS INTEGER))
      WHEN 'month' THEN to_months(CAST(n AS INTEGER)) WHEN 'quarter' THEN to_months(CAST(3 * n AS INTEGER)) WHEN 'year' THEN to_years(CAST(n AS INTEGER)) END`,
  trino_whole_days: `(i) AS CASE WHEN epoch_ms(i) % 86400000 = 0 THEN to_days(CAST(epoch_ms(i) / 86400000 AS INTEGER)) WHEN js_raise('INVALID_FUNCTION_ARGUMENT: Cannot add hour, minutes or seconds to a date' || left(CAST(epoch_ms(i) AS VARCHAR), 0)) IS NULL THEN i END`,
  trino_round_second: `(t, digits) AS CASE WHEN digits >= 6 THEN t ELSE make_timestamp(CAST(round(epoch_us(t) / pow(10, 6 - digits)) AS BIGINT) * CAST(pow(10, 6 - digits) AS BIGINT)) END`,
  trino_full_clock: `(s) AS CASE WHEN regexp_matches(s, '^\\s*\\d+-\\d+-\\d+\\s*$') THEN trim(s) || ' 00:00:00' WHEN regexp_matches(s, '^[^:]*:\\d+\\s*$') THEN trim(s) || ':00' ELSE s END`,
  // A moment in a zone: the clock there, and what the clock shows.
  trino_shift: `(z) AS ${ZONE_SHIFT}`,
  trino_zoned: `(clock, zone) AS {'i': CASE WHEN zone[1] IN ('+', '-') THEN clock - trino_shift(zone) ELSE timezone('UTC', timezone(zone, clock)) END, 'z': zone}`,
  trino_local: `(v) AS CASE WHEN v.z[1] IN ('+', '-') THEN v.i + trino_shift(v.z) ELSE timezone(v.z, timezone('UTC', v.i)) END`,
  trino_zone: '(z) AS js_zone(z)',
  trino_offset: '(i) AS js_offset(CAST(epoch_ms(i) // 60000 AS BIGINT))',
  trino_offset_text: `(v) AS CASE WHEN date_diff('minute', v.i, trino_local(v)) = 0 THEN 'Z' ELSE js_offset(date_diff('minute', v.i, trino_local(v))) END`,
  trino_parsed: `(text) AS CASE WHEN text IS NOT NULL THEN trino_zoned(CAST(split_part(text, '|', 1) AS TIMESTAMP), split_part(text, '|', 2)) END`,
  trino_zoned_text: `(s) AS trino_parsed(js_zoned_timestamp(s))`,
  trino_interval_text: `(i) AS CASE WHEN epoch_ms(i) < 0 THEN '-' ELSE '' END || CAST(CAST(abs(epoch_ms(i)) AS BIGINT) // 86400000 AS VARCHAR) || ' ' || lpad(CAST(CAST(abs(epoch_ms(i)) AS BIGINT) // 3600000 % 24 AS VARCHAR), 2, '0') || ':' ||
    lpad(CAST(CAST(abs(epoch_ms(i)) AS BIGINT) // 60000 % 60 AS VARCHAR), 2, '0') || ':' || lpad(CAST(CAST(abs(epoch_ms(i)) AS BIGINT) // 1000 % 60 AS VARCHAR), 2, '0') || '.' || lpad(CAST(CAST(abs(epoch_ms(i)) AS BIGINT) % 1000 AS VARCHAR), 3, '0')`,
  trino_months: `(i) AS (datepart('year', i) * 12 + datepart('month', i))`,
  trino_months_text: `(i) AS CASE WHEN trino_months(i) < 0 THEN '-' ELSE '' END || CAST(abs(trino_months(i)) // 12 AS VARCHAR) || '-' || CAST(abs(trino_months(i)) % 12 AS VARCHAR)`,
  /*
   * Java writes a double plainly between 10⁻³ and 10⁷ and as `d.dddE±n` elsewhere; DuckDB's text has the same (shortest)
   * digits, so only the point moves.
   */
  java_digits: `(mantissa) AS coalesce(nullif(trim(replace(mantissa, '.', ''), '0'), ''), '0')`,
  java_exponent: `(mantissa, exponent) AS exponent + CASE
     WHEN mantissa LIKE '0.%' THEN -(length(mantissa) - length(ltrim(mantissa[3:], '0')) - 1)
     ELSE strpos(mantissa || '.', '.') - 2 END`,
  java_join: `(d, e) AS d[1] || '.' || CASE WHEN length(d) > 1 THEN d[2:] ELSE '0' END || 'E' || e`,
  java_scientific: `(text) AS java_join(
     java_digits(split_part(text, 'e', 1)),
     java_exponent(split_part(text, 'e', 1), CAST(coalesce(nullif(split_part(text, 'e', 2), ''), '0') AS INTEGER)))`,
  java_double: `(v) AS CASE
     WHEN v = 0 OR (abs(v) >= 0.001 AND abs(v) < 10000000) THEN CAST(v AS VARCHAR)
     WHEN isnan(v) THEN 'NaN'
     WHEN isinf(v) THEN CASE WHEN v > 0 THEN 'Infinity' ELSE '-Infinity' END
     WHEN v IS NOT NULL THEN CASE WHEN v < 0 THEN '-' ELSE '' END || java_scientific(CAST(abs(v) AS VARCHAR)) END`,
};

/** The statements that make the macros that a piece of SQL calls, and the ones that those call, callee first. */
export function macroStatements(sql: string): string[] {
  const ordered = new Set<string>();
  addCalled(sql, ordered);
  return [...ordered].map((name) => `CREATE MACRO ${name}${MACROS[name]}`);
}

/** Names of the `js_…` functions that a piece of SQL calls, also by its macros. */
export function scriptFunctionsOf(sql: string): string[] {
  const all = [sql, ...macroStatements(sql)].join('\n');
  return [...new Set([...all.matchAll(/\b(js_\w+)\(/g)].map((match) => match[1] as string))];
}

function addCalled(sql: string, ordered: Set<string>): void {
  for (const [, name] of sql.matchAll(/\b((?:trino|java)_\w+)\(/g)) {
    if (!name || ordered.has(name) || !Object.hasOwn(MACROS, name)) continue;
    addCalled(MACROS[name] as string, ordered);
    ordered.add(name);
  }
}
