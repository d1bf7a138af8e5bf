import type { MacroDefinitions } from '../macros.ts';

/** Aggregates, by Trino's names: https://trino.io/docs/current/functions/aggregate.html */
export const AGGREGATE_MACROS: MacroDefinitions = {
  map_agg: '(k, v) AS map_from_entries(list(row(k, v)) FILTER (WHERE k IS NOT NULL))',
  multimap_agg: `(k, v) AS map_from_entries(list_transform(list_distinct(list(k)),
    lambda key: row(key, list_transform(list_filter(list(row(k, v)), lambda e: e[1] = key), lambda e: e[2]))))`,
  checksum: `(x) AS md5(string_agg(x::VARCHAR, ',' ORDER BY x))`,
  geometric_mean: '(x) AS exp(avg(ln(x)))',
  max: '(x, n) AS max(x, n)',
  min: '(x, n) AS min(x, n)',
};
