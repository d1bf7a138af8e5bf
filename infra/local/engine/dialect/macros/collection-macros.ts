import type { MacroDefinitions } from '../macros.ts';

/** Arrays and maps, by Trino's names: https://trino.io/docs/current/functions/array.html and …/map.html */
export const COLLECTION_MACROS: MacroDefinitions = {
  element_at: '(x, k) AS x[k]',
  // One macro for arrays and maps: their types cannot be told apart in an overload.
  cardinality: `(x) AS CASE WHEN json_type(to_json(x)) = 'ARRAY' THEN json_array_length(to_json(x))
    ELSE len(json_keys(to_json(x))) END::BIGINT`,
  array_join: `(a, d) AS array_to_string(a, d),
    (a, d, n) AS array_to_string(list_transform(a, lambda e: coalesce(e::VARCHAR, n)), d)`,
  sequence: `(a DATE, b DATE, i) AS list_transform(generate_series(a::TIMESTAMP, b::TIMESTAMP, i), lambda e: e::DATE),
    (a TIMESTAMP, b TIMESTAMP, i) AS generate_series(a, b, i), (a, b, i) AS generate_series(a, b, i),
    (a DATE, b DATE) AS list_transform(generate_series(a::TIMESTAMP, b::TIMESTAMP, INTERVAL 1 DAY), lambda e: e::DATE),
    (a, b) AS generate_series(a, b, CASE WHEN b >= a THEN 1 ELSE -1 END)`,
  arrays_overlap: '(a, b) AS list_has_any(a, b)',
  array_intersect: '(a, b) AS list_intersect(a, b)',
  array_union: '(a, b) AS list_distinct(list_concat(a, b))',
  array_except: '(a, b) AS list_filter(list_distinct(a), lambda e: NOT list_contains(b, e))',
  array_distinct: '(a) AS list_distinct(a)',
  array_position: '(a, x) AS coalesce(list_position(a, x), 0)::BIGINT',
  array_remove: '(a, x) AS list_filter(a, lambda e: e IS DISTINCT FROM x)',
  array_sort: `(a) AS list_sort(a, 'ASC', 'NULLS LAST')`,
  trim_array: '(a, n) AS a[1:len(a) - n]',
  slice:
    '(a, s, n) AS CASE WHEN s > 0 THEN list_slice(a, s, s + n - 1) ELSE list_slice(a, len(a) + s + 1, len(a) + s + n) END',
  flatten: '(a) AS flatten(a)',
  map_concat: '(a, b) AS map_concat(a, b), (a, b, c) AS map_concat(a, b, c)',
  split_to_map: `(s, a, b) AS map_from_entries(list_transform(string_split(s, a),
    lambda e: row(split_part(e, b, 1), split_part(e, b, 2))))`,
  ngrams: '(a, n) AS list_transform(generate_series(1, greatest(len(a) - n + 1, 1)), lambda i: a[i:i + n - 1])',
  combinations: `(a, n) AS CASE WHEN n = len(a) THEN [a] WHEN n = 1 THEN list_transform(a, lambda e: [e])
    ELSE error('combinations of this size are not supported here') END`,
  shuffle: `(a) AS list_transform(list_sort(list_transform(a, lambda e: {'r': random(), 'e': e})), lambda s: s.e)`,
  repeat: '(x, n) AS list_transform(range(n), lambda e: x)',
};
