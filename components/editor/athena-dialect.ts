import { SQLDialect } from '@codemirror/lang-sql';

/**
 * Athena engine v3 is Trino: double quotes and, in DDL, backticks name things; only single quotes make texts.
 * https://docs.aws.amazon.com/athena/latest/ug/reserved-words.html
 */
export const athenaDialect = SQLDialect.define({
  keywords:
    'all alter and any array as asc between by case cast create cross cube current_date current_time current_timestamp database databases deallocate delete desc describe distinct drop else end escape except execute exists explain external extract false fetch filter first following for format from full group grouping having if in inner insert intersect into is join last lateral left like limit location map match_recognize merge msck natural not null nulls offset on or order ordinality outer over partition partitioned partitions preceding prepare primary properties range recursive repair right rollup row rows schema select serde sets show stored table tables tablesample tblproperties then to true try_cast unbounded union unload unnest update using values view when where window with within workgroup',
  types:
    'array bigint boolean char date decimal double int integer interval ipaddress json map real row smallint string struct time timestamp tinyint uuid varbinary varchar zone',
  builtin:
    'approx_distinct approx_percentile arbitrary array_agg array_join avg bool_or cardinality coalesce concat count count_if date_add date_diff date_format date_parse date_trunc dense_rank element_at from_unixtime greatest histogram json_extract json_extract_scalar json_parse lag lead least length lower map_agg max max_by min min_by nth_value ntile nullif parse_datetime rank regexp_extract regexp_like regexp_replace replace round row_number sequence split split_part strpos substr sum to_unixtime transform trim try upper url_extract_host width_bucket zip',
  identifierQuotes: '"`',
  operatorChars: '*+-%<>!=&|^/~?:',
  backslashEscapes: false,
  doubleQuotedStrings: false,
  hashComments: false,
});
