import { isText } from '../../../../../lib/languages/trino-sql/types.ts';
import type { Compiled } from '../compiled.ts';
import type { FunctionTable, Sql } from './definition.ts';

/** JSON and text are both text for the functions below. */
const text = (value: Compiled | undefined): string =>
  value && isText(value.type) ? value.sql : `CAST(${value?.sql} AS VARCHAR)`;

const both = (
  name: string,
  rest: string,
  returns: string,
  sql: (input: string, args: Compiled[]) => string,
  ofText?: string,
): FunctionTable => {
  const run: Sql = (args) => sql(text(args[0]), args);
  return { [`${name}(json${rest}) -> ${returns}`]: run, [`${name}(varchar(x)${rest}) -> ${ofText ?? returns}`]: run };
};

const JSON_VALUES: [string, string][] = [
  ['bigint', 'bigint'],
  ['boolean', 'boolean'],
  ['double', 'double'],
  ['varchar', 'varchar'],
];

/** https://trino.io/docs/current/functions/json.html */
export const JSON_FUNCTIONS: FunctionTable = {
  'json_parse(varchar(x)) -> json': 'trino_json_parse($1)',
  'json_format(json) -> varchar': 'CAST($1 AS VARCHAR)',
  ...both(
    'json_extract',
    ', varchar',
    'json',
    (input, [, path]) => `CAST(js_json_extract(${input}, ${path?.sql}) AS JSON)`,
  ),
  ...both(
    'json_extract_scalar',
    ', varchar',
    'varchar',
    (input, [, path]) => `js_json_extract_scalar(${input}, ${path?.sql})`,
    'varchar(x)',
  ),
  ...both('json_array_length', '', 'bigint', (input) => `js_json_array_length(${input})`),
  ...both(
    'json_array_get',
    ', bigint',
    'json',
    (input, [, index]) => `CAST(js_json_array_get(${input}, ${index?.sql}) AS JSON)`,
  ),
  ...both('json_size', ', varchar', 'bigint', (input, [, path]) => `js_json_size(${input}, ${path?.sql})`),
  ...both('is_json_scalar', '', 'boolean', (input) => `js_is_json_scalar(${input})`),
  ...Object.fromEntries(
    JSON_VALUES.flatMap(([type, kind]) =>
      Object.entries(
        both(
          'json_array_contains',
          `, ${type}`,
          'boolean',
          (input, [, value]) => `js_json_array_contains(${input}, '${kind}', CAST(${value?.sql} AS VARCHAR))`,
        ),
      ),
    ),
  ),
};
