import type { MacroDefinitions } from '../macros.ts';

/** JSON, by Trino's names: https://trino.io/docs/current/functions/json.html. Malformed text gives NULL, not an error. */
export const JSON_MACROS: MacroDefinitions = {
  json_extract_scalar: `(j, p) AS TRY(CASE WHEN json_type(TRY_CAST(j AS JSON), p) IN ('OBJECT', 'ARRAY') THEN NULL
    ELSE json_extract_string(TRY_CAST(j AS JSON), p) END)`,
  json_extract: '(j, p) AS TRY(json_extract(TRY_CAST(j AS JSON), p))',
  json_array_length: `(j) AS TRY(CASE WHEN json_type(TRY_CAST(j AS JSON)) = 'ARRAY' THEN json_array_length(TRY_CAST(j AS JSON))::BIGINT END),
    (j, p) AS TRY(json_array_length(TRY_CAST(j AS JSON), p)::BIGINT)`,
  json_array_get: '(j, i) AS TRY(json_extract(TRY_CAST(j AS JSON), i))',
  json_size: `(j, p) AS TRY(CASE json_type(TRY_CAST(j AS JSON), p) WHEN 'OBJECT' THEN len(json_keys(TRY_CAST(j AS JSON), p))
    WHEN 'ARRAY' THEN json_array_length(TRY_CAST(j AS JSON), p) ELSE 0 END)`,
  json_parse: '(s) AS s::JSON',
  json_format: '(j) AS json(j)::VARCHAR',
  json_array_contains: `(j, x) AS TRY(list_contains(CAST(json_extract_string(TRY_CAST(j AS JSON), '$[*]') AS VARCHAR[]), x::VARCHAR))`,
  json_query: `(j, p) AS TRY(json_extract(TRY_CAST(j AS JSON), regexp_replace(p, '^(lax|strict) ', '')))`,
  json_value: `(j, p) AS trino_json_extract_scalar(j, regexp_replace(p, '^(lax|strict) ', ''))`,
  json_exists: `(j, p) AS TRY(json_exists(TRY_CAST(j AS JSON), regexp_replace(p, '^(lax|strict) ', '')))`,
  is_json_scalar: `(j) AS json_type(j::JSON) NOT IN ('OBJECT', 'ARRAY')`,
};
