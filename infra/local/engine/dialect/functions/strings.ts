import { type Type, VARCHAR, varchar } from '../../../../../lib/languages/trino-sql/types.ts';
import type { Compiled } from '../compiled.ts';
import type { FunctionTable, Sql } from './definition.ts';

/** RE2 reads a pattern as Trino's engine does, as long as it neither looks around nor back. */
const isPlain = (pattern: string | undefined): boolean =>
  pattern !== undefined && !/\(\?[^:]|\\[1-9kGZzAbBpPQXRhHvVu]|\+\+|\*\+|\?\+|\[.*&&|\[\[/.test(pattern);

const regexp =
  (plain: (text: string, pattern: string) => string, other: Sql): Sql =>
  (args: Compiled[], returns: Type, marks) => {
    const [text, pattern] = args;
    if (text && pattern && isPlain(pattern.literal)) return plain(text.sql, pattern.sql);
    return typeof other === 'function'
      ? other(args, returns, marks)
      : other.replaceAll(/\$(\d)/g, (_, index) => args[Number(index) - 1]?.sql ?? 'NULL');
  };

const trims = (name: string, side: string): FunctionTable => ({
  [`${name}(char(x)) -> varchar(x)`]: `${name}($1, ${side})`,
  [`${name}(varchar(x)) -> varchar(x)`]: `${name}($1, ${side})`,
  [`${name}(varchar(x), varchar) -> varchar(x)`]: `${name}($1, $2)`,
});
const SPACES = "chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || ' '";

const substring = (name: string): FunctionTable => ({
  [`${name}(varchar(x), bigint) -> varchar(x)`]: 'trino_substr($1, $2, 2147483647)',
  [`${name}(char(x), bigint) -> varchar(x)`]: 'trino_substr($1, $2, 2147483647)',
  [`${name}(varchar(x), bigint, bigint) -> varchar(x)`]: 'trino_substr($1, $2, $3)',
  [`${name}(char(x), bigint, bigint) -> varchar(x)`]: 'trino_substr($1, $2, $3)',
  [`${name}(varbinary, bigint) -> varbinary`]: 'js_substr_binary($1, $2, 2147483647)',
  [`${name}(varbinary, bigint, bigint) -> varbinary`]: 'js_substr_binary($1, $2, $3)',
});

/** Strings, regular expressions and URLs: https://trino.io/docs/current/functions/string.html, …/regexp.html, …/url.html */
export const STRING_FUNCTIONS: FunctionTable = {
  'chr(bigint) -> varchar(1)': 'chr(CAST($1 AS INTEGER))',
  'codepoint(varchar(1)) -> integer': 'unicode($1)',
  'concat(array(E)...) -> array(E)': ([first, ...rest]) =>
    rest.reduce((sql, next) => `trino_array_concat(${sql}, ${next.sql})`, first?.sql ?? 'NULL'),
  'concat(array(E), E) -> array(E)': 'list_append($1, $2)',
  'concat(E, array(E)) -> array(E)': 'list_prepend($1, $2)',
  'concat(varbinary...) -> varbinary': (args) => `(${args.map((arg) => arg.sql).join(' || ')})`,
  'concat(char(x), char(y)) -> char(u)': {
    sql: '($1 || $2)',
    returns: ([a, b]) => ({ base: 'char', length: (a?.length ?? 1) + (b?.length ?? 1) }),
  },
  'concat_ws(varchar, array(varchar)) -> varchar': 'CASE WHEN $1 IS NOT NULL THEN array_to_string($2, $1) END',
  'concat_ws(varchar, varchar...) -> varchar': ([separator, ...values]) =>
    `CASE WHEN ${separator?.sql} IS NOT NULL THEN concat_ws(${separator?.sql}, ${values.map((value) => value.sql).join(', ')}) END`,
  'hamming_distance(varchar(x), varchar(y)) -> bigint': `CASE WHEN length($1) <> length($2) THEN CAST(trino_raise('INVALID_FUNCTION_ARGUMENT: The input strings to hamming_distance function must have the same length') AS BIGINT) WHEN length($1) = 0 THEN 0 ELSE hamming($1, $2) END`,
  'length(varchar(x)) -> bigint': 'length($1)',
  'length(char(x)) -> bigint': 'length($1)',
  'length(varbinary) -> bigint': 'octet_length($1)',
  'levenshtein_distance(varchar(x), varchar(y)) -> bigint': 'levenshtein($1, $2)',
  'lower(varchar(x)) -> varchar(x)': 'lower($1)',
  'lower(char(x)) -> char(x)': 'lower($1)',
  'upper(varchar(x)) -> varchar(x)': 'upper($1)',
  'upper(char(x)) -> char(x)': 'upper($1)',
  'lpad(varchar(x), bigint, varchar(y)) -> varchar': 'trino_pad(lpad($1, CAST($2 AS INTEGER), $3), $2, $3)',
  'rpad(varchar(x), bigint, varchar(y)) -> varchar': 'trino_pad(rpad($1, CAST($2 AS INTEGER), $3), $2, $3)',
  ...trims('ltrim', SPACES),
  ...trims('rtrim', SPACES),
  ...trims('trim', SPACES),
  'luhn_check(varchar) -> boolean': 'js_luhn($1)',
  'normalize(varchar(x), varchar) -> varchar': 'js_normalize($1, $2)',
  'replace(varchar(x), varchar(y)) -> varchar(x)': "replace($1, $2, '')",
  'replace(varchar(x), varchar(y), varchar(z)) -> varchar(u)': {
    sql: ([text, search, by]) =>
      `${search?.literal === '' ? 'js_replace' : 'replace'}(${text?.sql}, ${search?.sql}, ${by?.sql})`,
    returns: ([text, search, by]) => replaced(text, search, by),
  },
  'reverse(varchar(x)) -> varchar(x)': 'reverse($1)',
  'reverse(array(E)) -> array(E)': 'list_reverse($1)',
  'reverse(varbinary) -> varbinary': 'js_reverse_binary($1)',
  'soundex(varchar) -> varchar(4)': 'js_soundex($1)',
  'split(varchar(x), varchar(y)) -> array(varchar(x))': 'string_split($1, $2)',
  'split(varchar(x), varchar(y), bigint) -> array(varchar(x))': 'trino_split($1, $2, $3)',
  'split_part(varchar(x), varchar(y), bigint) -> varchar(x)': `CASE WHEN $3 <= 0 THEN trino_raise('INVALID_FUNCTION_ARGUMENT: Index must be greater than zero') ELSE string_split($1, $2)[$3] END`,
  'split_to_map(varchar, varchar, varchar) -> map(varchar,varchar)':
    "map_from_entries(list_transform(list_filter(string_split($1, $2), lambda part: part <> ''), lambda pair: trino_pair(pair, $3)))",
  'split_to_multimap(varchar, varchar, varchar) -> map(varchar,array(varchar))':
    'trino_multimap(list_transform(string_split($1, $2), lambda pair: trino_pair(pair, $3)))',
  'strpos(varchar(x), varchar(y)) -> bigint': 'CAST(strpos($1, $2) AS BIGINT)',
  'strpos(varchar(x), varchar(y), bigint) -> bigint': 'js_strpos($1, $2, $3)',
  'starts_with(varchar(x), varchar(y)) -> boolean': 'starts_with($1, $2)',
  ...substring('substr'),
  ...substring('substring'),
  'translate(varchar(x), varchar(y), varchar(z)) -> varchar': 'translate($1, $2, $3)',
  'format_number(bigint) -> varchar': 'js_format_number(CAST($1 AS DOUBLE))',
  'format_number(double) -> varchar': 'js_format_number($1)',
  'uuid() -> uuid': 'uuid()',
  'regexp_like(varchar(x), varchar) -> boolean': regexp(
    (text, pattern) => `regexp_matches(${text}, ${pattern})`,
    'js_regexp_like($1, $2)',
  ),
  'regexp_count(varchar(x), varchar) -> bigint': 'js_regexp_count($1, $2)',
  'regexp_extract(varchar(x), varchar) -> varchar(x)': 'js_regexp_extract($1, $2, 0)',
  'regexp_extract(varchar(x), varchar, bigint) -> varchar(x)': 'js_regexp_extract($1, $2, $3)',
  'regexp_extract_all(varchar(x), varchar) -> array(varchar(x))': 'trino_strings(js_regexp_extract_all($1, $2, 0))',
  'regexp_extract_all(varchar(x), varchar, bigint) -> array(varchar(x))':
    'trino_strings(js_regexp_extract_all($1, $2, $3))',
  'regexp_position(varchar(x), varchar) -> integer': 'js_regexp_position($1, $2, 1, 1)',
  'regexp_position(varchar(x), varchar, integer) -> integer': 'js_regexp_position($1, $2, $3, 1)',
  'regexp_position(varchar(x), varchar, integer, integer) -> integer': 'js_regexp_position($1, $2, $3, $4)',
  'regexp_replace(varchar(x), varchar) -> varchar(x)': "js_regexp_replace($1, $2, '')",
  'regexp_replace(varchar(x), varchar, varchar(y)) -> varchar(z)': {
    sql: 'js_regexp_replace($1, $2, $3)',
    returns: ([text, , by]) =>
      text?.length === undefined || by?.length === undefined
        ? VARCHAR
        : varchar(
            Math.min(
              2_147_483_647,
              text.length + Math.max(Math.floor((text.length * by.length) / 2), by.length) * (text.length + 1),
            ),
          ),
  },
  'regexp_replace(varchar, varchar, function(array(varchar),varchar)) -> varchar': ([text, pattern, by]) =>
    `array_to_string(list_transform(trino_json_objects(js_regexp_parts(${text?.sql}, ${pattern?.sql})), lambda part: CASE WHEN json_extract(part, '$.g') IS NULL THEN json_extract_string(part, '$.t') ELSE ${by?.apply?.("trino_strings(CAST(json_extract(part, '$.g') AS VARCHAR))")} END), '')`,
  'regexp_split(varchar(x), varchar) -> array(varchar(x))': 'trino_strings(js_regexp_split($1, $2))',
  'url_extract_fragment(varchar(x)) -> varchar(x)': "js_url_part($1, 'fragment')",
  'url_extract_host(varchar(x)) -> varchar(x)': "js_url_part($1, 'host')",
  'url_extract_path(varchar(x)) -> varchar(x)': "js_url_part($1, 'path')",
  'url_extract_port(varchar(x)) -> bigint': "CAST(js_url_part($1, 'port') AS BIGINT)",
  'url_extract_protocol(varchar(x)) -> varchar(x)': "js_url_part($1, 'protocol')",
  'url_extract_query(varchar(x)) -> varchar(x)': "js_url_part($1, 'query')",
  'url_extract_parameter(varchar(x), varchar(y)) -> varchar(x)': 'js_url_parameter($1, $2)',
  'url_encode(varchar(x)) -> varchar(y)': {
    sql: 'js_url_encode($1)',
    returns: ([text]) => (text?.length === undefined ? VARCHAR : varchar(text.length * 12)),
  },
  'url_decode(varchar(x)) -> varchar(x)': 'js_url_decode($1)',
};

function replaced(text: Type | undefined, search: Type | undefined, by: Type | undefined): Type {
  if (text?.length === undefined || search?.length === undefined || by?.length === undefined) return VARCHAR;
  return varchar(Math.min(2_147_483_647, text.length + by.length * (text.length + 1)));
}
