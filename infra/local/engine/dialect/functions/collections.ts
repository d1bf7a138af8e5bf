import { isText } from '../../../../../lib/languages/trino-sql/types.ts';
import type { Compiled } from '../compiled.ts';
import { duckType, newVariable } from '../duck-type.ts';
import { textOf } from '../text-of.ts';
import type { FunctionTable } from './definition.ts';

const sql = (value: Compiled | undefined): string => value?.sql ?? 'NULL';

function joined(args: Compiled[]): string {
  const [array, separator, nulls] = args;
  const item = newVariable();
  const type = array?.type.of?.[0];
  const text = type && !isText(type) ? textOf(item, type, type.precision ?? 0) : item;
  return `array_to_string(list_transform(${sql(array)}, lambda ${item}: ${nulls ? `coalesce(${text}, ${nulls.sql})` : text}), ${sql(separator)})`;
}

const overEntries = (map: Compiled | undefined, change: (key: string, value: string) => string): string => {
  const entry = newVariable();
  return `list_transform(map_entries(${sql(map)}), lambda ${entry}: ${change(`${entry}.key`, `${entry}.value`)})`;
};

/** Arrays, maps and their lambdas: https://trino.io/docs/current/functions/array.html, …/map.html, …/lambda.html */
export const COLLECTION_FUNCTIONS: FunctionTable = {
  'all_match(array(T), function(T,boolean)) -> boolean': 'trino_all(list_transform($1, $2))',
  'any_match(array(T), function(T,boolean)) -> boolean': 'trino_any(list_transform($1, $2))',
  'none_match(array(T), function(T,boolean)) -> boolean': '(NOT trino_any(list_transform($1, $2)))',
  'array_distinct(array(E)) -> array(E)': 'trino_distinct($1)',
  'array_except(array(E), array(E)) -> array(E)':
    'list_filter(trino_distinct($1), lambda item: NOT trino_has($2, item))',
  'array_histogram(array(T)) -> map(T,bigint)': 'trino_histogram($1)',
  'array_intersect(array(E), array(E)) -> array(E)':
    'list_filter(trino_distinct($1), lambda item: trino_has($2, item))',
  'array_join(array(E), varchar) -> varchar': joined,
  'array_join(array(E), varchar, varchar) -> varchar': joined,
  'array_max(array(T)) -> T': 'CASE WHEN trino_has_null($1) THEN NULL ELSE list_max($1) END',
  'array_min(array(T)) -> T': 'CASE WHEN trino_has_null($1) THEN NULL ELSE list_min($1) END',
  'array_position(array(T), T) -> bigint':
    'CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN CAST(coalesce(list_position($1, $2), 0) AS BIGINT) END',
  'array_remove(array(E), E) -> array(E)':
    'CASE WHEN $2 IS NOT NULL THEN list_filter($1, lambda item: item IS DISTINCT FROM $2) END',
  'array_sort(array(E)) -> array(E)': "list_sort($1, 'ASC', 'NULLS LAST')",
  'array_sort(array(T), function(T,T,integer)) -> array(T)': ([array, compare]) => {
    const [i, j] = [newVariable(), newVariable()];
    const [a, all] = [sql(array), `range(1, CAST(len(${sql(array)}) + 1 AS BIGINT))`];
    const order = compare?.apply?.(`${a}[${j}]`, `${a}[${i}]`);
    // The place of an item is the number of those that come before it.
    const place = `len(list_filter(${all}, lambda ${j}: ${order} < 0 OR (${order} = 0 AND ${j} < ${i})))`;
    return `list_transform(list_sort(list_transform(${all}, lambda ${i}: {'k': ${place}, 'i': ${i}})), lambda s: ${a}[s.i])`;
  },
  'array_union(array(E), array(E)) -> array(E)': 'trino_distinct(trino_array_concat($1, $2))',
  'arrays_overlap(array(E), array(E)) -> boolean':
    'CASE WHEN list_has_any(trino_not_null($1), trino_not_null($2)) THEN true WHEN len($1) > 0 AND len($2) > 0 AND (trino_has_null($1) OR trino_has_null($2)) THEN NULL WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN false END',
  'cardinality(array(E)) -> bigint': 'CAST(len($1) AS BIGINT)',
  'cardinality(map(K,V)) -> bigint': 'CAST(cardinality($1) AS BIGINT)',
  'combinations(array(T), integer) -> array(array(T))': ([array, size]) => combinations(sql(array), size),
  'contains(array(T), T) -> boolean':
    'CASE WHEN $1 IS NULL THEN NULL WHEN list_contains($1, $2) THEN true WHEN $2 IS NULL OR trino_has_null($1) THEN NULL ELSE false END',
  'contains_sequence(array(T), array(T)) -> boolean':
    'CASE WHEN len($2) = 0 THEN true ELSE len(list_filter(range(1, CAST(len($1) - len($2) + 2 AS BIGINT)), lambda i: list_slice($1, i, i + len($2) - 1) = $2)) > 0 END',
  'element_at(array(E), bigint) -> E': 'trino_element($1, $2)',
  'element_at(map(K,V), K) -> V': '$1[$2]',
  'filter(array(T), function(T,boolean)) -> array(T)': 'list_filter($1, $2)',
  'flatten(array(array(E))) -> array(E)': 'flatten($1)',
  'map(array(K), array(V)) -> map(K,V)': 'trino_map($1, $2)',
  'map_concat(map(K,V)...) -> map(K,V)': (args) => `map_concat(${args.map(sql).join(', ')})`,
  'map_entries(map(K,V)) -> array(row(K,V))': ([map]) =>
    overEntries(map, (key, value) => `{'field0': ${key}, 'field1': ${value}}`),
  'map_filter(map(K,V), function(K,V,boolean)) -> map(K,V)': ([map, by]) => {
    const entry = newVariable();
    return `map_from_entries(list_filter(map_entries(${sql(map)}), lambda ${entry}: ${by?.apply?.(`${entry}.key`, `${entry}.value`)}))`;
  },
  'map_from_entries(array(row(K,V))) -> map(K,V)': ([entries]) => {
    const [key, value] = entries?.type.of?.[0]?.names ?? [];
    return `map_from_entries(list_transform(${sql(entries)}, lambda entry: {'key': struct_extract(entry, '${key || 'field0'}'), 'value': struct_extract(entry, '${value || 'field1'}')}))`;
  },
  'multimap_from_entries(array(row(K,V))) -> map(K,array(V))': ([entries]) => {
    const [key, value] = entries?.type.of?.[0]?.names ?? [];
    return `trino_multimap(list_transform(${sql(entries)}, lambda entry: {'key': struct_extract(entry, '${key || 'field0'}'), 'value': struct_extract(entry, '${value || 'field1'}')}))`;
  },
  'map_keys(map(K,V)) -> array(K)': 'map_keys($1)',
  'map_values(map(K,V)) -> array(V)': 'map_values($1)',
  'map_zip_with(map(K,V1), map(K,V2), function(K,V1,V2,V3)) -> map(K,V3)': ([a, b, by]) => {
    const key = newVariable();
    const body = by?.apply?.(key, `${sql(a)}[${key}]`, `${sql(b)}[${key}]`);
    return `map_from_entries(list_transform(trino_distinct(list_concat(map_keys(${sql(a)}), map_keys(${sql(b)}))), lambda ${key}: {'key': ${key}, 'value': ${body}}))`;
  },
  'ngrams(array(T), integer) -> array(array(T))':
    'list_transform(range(1, CAST(greatest(len($1) - $2 + 1, 1) + 1 AS BIGINT)), lambda i: list_slice($1, i, i + $2 - 1))',
  'reduce(array(T), S, function(S,T,S), function(S,R)) -> R': ([array, initial, step, finish]) => {
    const [state, item] = [newVariable(), newVariable()];
    const type = duckType(initial?.type ?? { base: 'unknown' });
    // A list of one-field structs: the state and the items of a DuckDB reduction must have one type.
    const pair = `{'s': CAST(NULL AS ${type}), 'x': ${item}}`;
    const body = step?.apply?.(`${state}.s`, `${item}.x`);
    const wrapped = `list_transform(${sql(array)}, lambda ${item}: ${pair})`;
    const x = `CAST(NULL AS ${duckType(array?.type.of?.[0] ?? { base: 'unknown' })})`;
    const reduced = `list_reduce(${wrapped}, lambda ${state}, ${item}: {'s': CAST(${body} AS ${type}), 'x': ${item}.x}, {'s': CAST(${sql(initial)} AS ${type}), 'x': ${x}}).s`;
    return finish?.apply?.(reduced) ?? reduced;
  },
  'repeat(T, integer) -> array(T)':
    "CASE WHEN $2 < 0 THEN CASE WHEN trino_raise('INVALID_FUNCTION_ARGUMENT: count argument of repeat function must be greater than or equal to 0' || left(CAST($2 AS VARCHAR), 0)) IS NULL THEN NULL END WHEN $2 > 10000 THEN CASE WHEN trino_raise('INVALID_FUNCTION_ARGUMENT: count argument of repeat function must be less than or equal to 10000' || left(CAST($2 AS VARCHAR), 0)) IS NULL THEN NULL END ELSE list_transform(range(CAST($2 AS BIGINT)), lambda i: $1) END",
  'sequence(bigint, bigint) -> array(bigint)': 'trino_sequence($1, $2, CASE WHEN $2 >= $1 THEN 1 ELSE -1 END)',
  'sequence(bigint, bigint, bigint) -> array(bigint)': 'trino_sequence($1, $2, $3)',
  'sequence(date, date) -> array(date)':
    'list_transform(generate_series(CAST($1 AS TIMESTAMP), CAST($2 AS TIMESTAMP), CASE WHEN $2 >= $1 THEN to_days(1) ELSE to_days(-1) END), lambda i: CAST(i AS DATE))',
  'sequence(date, date, interval day to second) -> array(date)':
    'list_transform(generate_series(CAST($1 AS TIMESTAMP), CAST($2 AS TIMESTAMP), $3), lambda i: CAST(i AS DATE))',
  'sequence(date, date, interval year to month) -> array(date)':
    'list_transform(generate_series(CAST($1 AS TIMESTAMP), CAST($2 AS TIMESTAMP), $3), lambda i: CAST(i AS DATE))',
  'sequence(timestamp(p), timestamp(p), interval day to second) -> array(timestamp(p))': 'generate_series($1, $2, $3)',
  'sequence(timestamp(p), timestamp(p), interval year to month) -> array(timestamp(p))': 'generate_series($1, $2, $3)',
  'shuffle(array(E)) -> array(E)':
    "list_transform(list_sort(list_transform($1, lambda item: {'r': random(), 'e': item})), lambda s: s.e)",
  'slice(array(E), bigint, bigint) -> array(E)': 'trino_slice($1, $2, $3)',
  'transform(array(T), function(T,U)) -> array(U)': 'list_transform($1, $2)',
  'transform_keys(map(K1,V), function(K1,V,K2)) -> map(K2,V)': ([map, by]) =>
    `map_from_entries(${overEntries(map, (key, value) => `{'key': ${by?.apply?.(key, value)}, 'value': ${value}}`)})`,
  'transform_values(map(K,V1), function(K,V1,V2)) -> map(K,V2)': ([map, by]) =>
    `map_from_entries(${overEntries(map, (key, value) => `{'key': ${key}, 'value': ${by?.apply?.(key, value)}}`)})`,
  'trim_array(array(E), bigint) -> array(E)': '$1[1:len($1) - $2]',
  'zip(array(T1), array(T2)) -> array(row(T1,T2))': zip,
  'zip(array(T1), array(T2), array(T3)) -> array(row(T1,T2,T3))': zip,
  'zip(array(T1), array(T2), array(T3), array(T4)) -> array(row(T1,T2,T3,T4))': zip,
  'zip_with(array(T), array(U), function(T,U,R)) -> array(R)': ([a, b, by]) => {
    const at = newVariable();
    return `list_transform(range(1, CAST(greatest(len(${sql(a)}), len(${sql(b)})) + 1 AS BIGINT)), lambda ${at}: ${by?.apply?.(`${sql(a)}[${at}]`, `${sql(b)}[${at}]`)})`;
  },
};

function zip(args: Compiled[]): string {
  const at = newVariable();
  const fields = args.map((arg, index) => `'field${index}': ${arg.sql}[${at}]`).join(', ');
  return `list_transform(range(1, CAST(greatest(${args.map((arg) => `len(${arg.sql})`).join(', ')}) + 1 AS BIGINT)), lambda ${at}: {${fields}})`;
}

/** Trino allows sizes up to five; each is a loop in a loop. */
function combinations(array: string, size: Compiled | undefined): string {
  const count = Number(size?.literal ?? Number.NaN);
  const at = Array.from({ length: count || 1 }, () => newVariable());
  if (!(count >= 1 && count <= 5)) return `CASE WHEN ${sql(size)} = 0 THEN [CAST([] AS ${'INTEGER'}[])] END`;
  const found = at.map((_, index) => `(len(${array}) - ${index})`).join(' * ');
  const most = 100_000 * at.reduce((product, _, index) => product * (index + 1), 1);
  const isTooMany = `${found} > ${most}`;
  const loop = (depth: number): string => {
    const from = depth === 0 ? '1' : `${at[depth - 1]} + 1`;
    const end = `CAST(len(${array}) - ${count - depth - 1} + 1 AS BIGINT)`;
    // DuckDB computes what is constant before it looks at the CASE around it.
    const range = `range(${from}, ${depth === 0 ? `CASE WHEN ${isTooMany} THEN 1 ELSE ${end} END` : end})`;
    const last = depth === count - 1;
    const inner = last ? `[${at.map((index) => `${array}[${index}]`).join(', ')}]` : loop(depth + 1);
    const listed = `list_transform(${range}, lambda ${at[depth]}: ${inner})`;
    return last ? listed : `flatten(${listed})`;
  };
  const raise = `trino_raise('INVALID_FUNCTION_ARGUMENT: combinations exceed max size' || left(CAST(len(${array}) AS VARCHAR), 0))`;
  return `CASE WHEN ${isTooMany} THEN CASE WHEN ${raise} IS NULL THEN NULL END ELSE ${loop(0)} END`;
}
