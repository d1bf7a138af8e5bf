/**
 * Athena's text of a value, as a DuckDB expression: results are written as CSV by the engine itself, so the text is
 * made in SQL and no row passes through JavaScript. Rendering follows Trino's (Java's) conventions: `7.0`, `1.0E10`,
 * `2024-01-15 10:30:00.000`, `[a, null]`, `{city=Paris}`; top-level NULL stays NULL.
 */
import {
  type DuckDBListType,
  type DuckDBMapType,
  type DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
} from '@duckdb/node-api';
import { quoteText } from './session.ts';

/**
 * Java writes a double plainly between 10⁻³ and 10⁷ and as `d.dddE±n` elsewhere; DuckDB's text has the same (shortest)
 * digits, so only the point moves. No subqueries: these are also called inside lambdas.
 */
export const DOUBLE_TEXT_MACROS = [
  `CREATE MACRO java_digits(mantissa) AS coalesce(nullif(trim(replace(mantissa, '.', ''), '0'), ''), '0')`,
  `CREATE MACRO java_exponent(mantissa, exponent) AS exponent + CASE
     WHEN mantissa LIKE '0.%' THEN -(length(mantissa) - length(ltrim(mantissa[3:], '0')) - 1)
     ELSE strpos(mantissa || '.', '.') - 2 END`,
  `CREATE MACRO java_join(d, e) AS d[1] || '.' || CASE WHEN length(d) > 1 THEN d[2:] ELSE '0' END || 'E' || e`,
  `CREATE MACRO java_scientific(text) AS java_join(
     java_digits(split_part(text, 'e', 1)),
     java_exponent(split_part(text, 'e', 1), CAST(coalesce(nullif(split_part(text, 'e', 2), ''), '0') AS INTEGER)))`,
  `CREATE MACRO java_double(v) AS CASE
     WHEN v = 0 OR (abs(v) >= 0.001 AND abs(v) < 10000000) THEN CAST(v AS VARCHAR)
     WHEN isnan(v) THEN 'NaN'
     WHEN isinf(v) THEN CASE WHEN v > 0 THEN 'Infinity' ELSE '-Infinity' END
     WHEN v IS NOT NULL THEN CASE WHEN v < 0 THEN '-' ELSE '' END || java_scientific(CAST(abs(v) AS VARCHAR)) END`,
];

export function hasDouble(type: DuckDBType): boolean {
  switch (type.typeId) {
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.FLOAT:
      return true;
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
      return hasDouble((type as DuckDBListType).valueType);
    case DuckDBTypeId.MAP:
      return hasDouble((type as DuckDBMapType).keyType) || hasDouble((type as DuckDBMapType).valueType);
    case DuckDBTypeId.STRUCT:
      return (type as DuckDBStructType).entryTypes.some(hasDouble);
    default:
      return false;
  }
}

export function resultText(value: string, type: DuckDBType, depth = 0): string {
  switch (type.typeId) {
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.FLOAT:
      return `java_double(${value})`;
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_NS:
      return `strftime(CAST(${value} AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g')`;
    case DuckDBTypeId.TIMESTAMP_TZ:
      return `strftime(timezone('UTC', ${value}), '%Y-%m-%d %H:%M:%S.%g') || ' UTC'`;
    case DuckDBTypeId.TIME:
      return `substr(CAST(${value} AS VARCHAR) || CASE WHEN strpos(CAST(${value} AS VARCHAR), '.') > 0 THEN '000' ELSE '.000' END, 1, 12)`;
    case DuckDBTypeId.BLOB:
      return `rtrim(regexp_replace(lower(hex(${value})), '(..)', '\\1 ', 'g'))`;
    case DuckDBTypeId.INTERVAL:
      return intervalText(value);
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
      return `'[' || ${joined(value, (item) => nullText(item, (type as DuckDBListType).valueType, depth + 1), depth)} || ']'`;
    case DuckDBTypeId.MAP: {
      const { keyType, valueType } = type as DuckDBMapType;
      const entry = (item: string) =>
        `${nullText(`${item}.key`, keyType, depth + 1)} || '=' || ${nullText(`${item}.value`, valueType, depth + 1)}`;
      return `'{' || ${joined(`map_entries(${value})`, entry, depth)} || '}'`;
    }
    case DuckDBTypeId.STRUCT:
      return structText(value, type as DuckDBStructType, depth);
    default:
      return `CAST(${value} AS VARCHAR)`;
  }
}

function nullText(value: string, type: DuckDBType, depth: number): string {
  return `coalesce(${resultText(value, type, depth)}, 'null')`;
}

function joined(list: string, textOf: (item: string) => string, depth: number): string {
  const item = `item_${depth}`;
  return `array_to_string(list_transform(${list}, lambda ${item}: ${textOf(item)}), ', ')`;
}

function structText(value: string, type: DuckDBStructType, depth: number): string {
  const fields = type.entryNames.map((name, index) => {
    const field =
      name === '' ? `struct_extract_at(${value}, ${index + 1})` : `struct_extract(${value}, ${quoteText(name)})`;
    return `${quoteText(`${name === '' ? `field${index}` : name}=`)} || ${nullText(field, type.entryTypes[index] as DuckDBType, depth)}`;
  });
  return `CASE WHEN ${value} IS NOT NULL THEN '{' || ${fields.join(` || ', ' || `)} || '}' END`;
}

/** `D HH:MM:SS.mmm`, Trino's text of an interval day to second. */
function intervalText(value: string): string {
  const ms = `CAST(epoch_ms(${value}) AS BIGINT)`;
  const part = (expression: string, width: number) => `lpad(CAST(${expression} AS VARCHAR), ${width}, '0')`;
  const clock = [
    part(`abs(${ms}) // 3600000 % 24`, 2),
    part(`abs(${ms}) // 60000 % 60`, 2),
    part(`abs(${ms}) // 1000 % 60`, 2),
  ];
  const days = `CASE WHEN ${ms} < 0 THEN '-' ELSE '' END || CAST(abs(${ms}) // 86400000 AS VARCHAR)`;
  return `${days} || ' ' || ${clock.join(` || ':' || `)} || '.' || ${part(`abs(${ms}) % 1000`, 3)}`;
}
