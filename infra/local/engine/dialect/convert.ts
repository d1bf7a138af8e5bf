import { SqlError } from '../../../../lib/languages/trino-sql/sql-error.ts';
import {
  canCoerce,
  isFloat,
  isInteger,
  isText,
  type Type,
  typeText,
  UNKNOWN,
  VARCHAR,
} from '../../../../lib/languages/trino-sql/types.ts';
import { type Compiled, quoteText } from './compiled.ts';
import { duckType, fieldKey, fieldOf, newVariable } from './duck-type.ts';
import { textOf } from './text-of.ts';

/** A value where another type is wanted that it can be read as. */
export function coerce(value: Compiled, to: Type): Compiled {
  return { ...value, sql: convert(value.sql, value.type, to), type: to };
}

/** SQL of `from` made SQL of `to`, without loss: what Trino does by itself. */
export function convert(sql: string, from: Type, to: Type): string {
  if (from.base === 'unknown') return to.base === 'unknown' ? sql : `CAST(NULL AS ${duckType(to)})`;
  if (typeText(from) === typeText(to)) return sql;
  if (from.base === 'row' && to.base === 'row') return convertRow(sql, from, to, convert);
  if (from.base === 'array' && to.base === 'array')
    return overItems(sql, (item) => convert(item, first(from), first(to)));
  if (from.base === 'map' && to.base === 'map') return convertMap(sql, from, to, convert);
  if (to.base === 'char') return `rpad(${sql}, ${to.length}, ' ')`;
  if (isText(from) && isText(to)) return sql;
  if (to.base === 'timestamp with time zone') {
    if (from.base === to.base) return sql;
    return `trino_zoned(CAST(${sql} AS TIMESTAMP), 'UTC')`;
  }
  if (from.base === to.base && to.base !== 'decimal') return sql;
  return `CAST(${sql} AS ${duckType(to)})`;
}

type Converter = (sql: string, from: Type, to: Type) => string;

function first(type: Type): Type {
  return type.of?.[0] ?? UNKNOWN;
}

function overItems(sql: string, change: (item: string) => string): string {
  const item = newVariable();
  const changed = change(item);
  return changed === item ? sql : `list_transform(${sql}, lambda ${item}: ${changed})`;
}

function convertRow(sql: string, from: Type, to: Type, by: Converter): string {
  const fields = (to.of ?? []).map((field, index) => {
    return `${quoteText(fieldKey(to, index))}: ${by(fieldOf(sql, from, index), from.of?.[index] ?? UNKNOWN, field)}`;
  });
  return `CASE WHEN ${sql} IS NOT NULL THEN {${fields.join(', ')}} END`;
}

function convertMap(sql: string, from: Type, to: Type, by: Converter): string {
  const entry = newVariable();
  const key = by(`${entry}.key`, from.of?.[0] ?? UNKNOWN, to.of?.[0] ?? UNKNOWN);
  const value = by(`${entry}.value`, from.of?.[1] ?? UNKNOWN, to.of?.[1] ?? UNKNOWN);
  return `map_from_entries(list_transform(map_entries(${sql}), lambda ${entry}: {'key': ${key}, 'value': ${value}}))`;
}

/** CAST(value AS to): https://trino.io/docs/current/functions/conversion.html. Throws where Trino knows no such cast. */
export function cast(value: Compiled, to: Type): string {
  if (!isCastable(value.type, to)) {
    throw new SqlError('TYPE_MISMATCH', `Cannot cast ${typeText(value.type)} to ${typeText(to)}`, value.at);
  }
  return castSql(value.sql, value.type, to);
}

const NUMBERS = ['tinyint', 'smallint', 'integer', 'bigint', 'real', 'double', 'decimal'];
const FROM_TEXT = [
  ...NUMBERS,
  'boolean',
  'date',
  'time',
  'timestamp',
  'timestamp with time zone',
  'json',
  'varbinary',
  'uuid',
  'varchar',
  'char',
];
const TO_JSON = ['boolean', ...NUMBERS, 'varchar', 'date', 'timestamp', 'json', 'unknown'];

function isCastable(from: Type, to: Type): boolean {
  if (from.base === 'unknown' || canCoerce(from, to)) return true;
  if (to.base === 'json') {
    if (from.base === 'map')
      return isText(first(from)) || NUMBERS.includes(first(from).base) || first(from).base === 'boolean'
        ? isCastable(from.of?.[1] as Type, to)
        : false;
    return (
      TO_JSON.includes(from.base) ||
      (['array', 'row'].includes(from.base) && (from.of ?? []).every((item) => isCastable(item, to)))
    );
  }
  if (from.base === 'json') {
    if (['array', 'row'].includes(to.base)) return (to.of ?? []).every((item) => isCastable(from, item));
    if (to.base === 'map') return isCastable(from, to.of?.[1] as Type);
    return ['boolean', ...NUMBERS, 'varchar', 'date', 'timestamp', 'json'].includes(to.base);
  }
  if (from.base === to.base && from.of) {
    return (
      from.of.length === to.of?.length &&
      from.of.every((item, index) => isCastable(item, (to.of as Type[])[index] as Type))
    );
  }
  if (from.of || to.of) return false;
  if (from.base === 'varchar' || (from.base === 'char' && to.base !== 'varbinary')) return FROM_TEXT.includes(to.base);
  if (isText(to)) return to.base === 'varchar' && from.base !== 'varbinary';
  if (NUMBERS.includes(from.base)) return NUMBERS.includes(to.base) || to.base === 'boolean';
  if (from.base === 'boolean') return NUMBERS.includes(to.base);
  if (from.base === 'varbinary' || from.base === 'uuid')
    return from.base !== to.base && ['varbinary', 'uuid'].includes(to.base);
  const moments = ['date', 'time', 'timestamp', 'timestamp with time zone'];
  if (!moments.includes(from.base) || !moments.includes(to.base)) return false;
  return !(from.base === 'date' && to.base === 'time') && !(from.base === 'time' && to.base === 'date');
}

function castSql(sql: string, from: Type, to: Type): string {
  if (from.base === 'unknown' || (typeText(from) === typeText(to) && !from.of)) return convert(sql, from, to);
  if (to.base === 'json') return from.base === 'json' ? sql : `CAST(${jsonOf(sql, from)} AS JSON)`;
  if (from.base === 'json') return fromJson(sql, to);
  if (from.base === 'array') return overItems(sql, (item) => castSql(item, first(from), first(to)));
  if (from.base === 'map') return convertMap(sql, from, to, castSql);
  if (from.base === 'row') return convertRow(sql, from, to, castSql);
  if (isText(to)) return castToText(sql, from, to);
  if (isText(from)) return castFromText(from.base === 'char' ? `rtrim(${sql})` : sql, to);
  if (to.base === 'boolean') return `(${sql} <> 0)`;
  if (isInteger(to) && isFloat(from))
    return `trino_round_to(${sql}, CAST(round(${sql}) AS ${'DOUBLE'}), TRY_CAST(round(${sql}) AS ${duckType(to)}), '${to.base}')`;
  if (isInteger(to) && isInteger(from))
    return `trino_in_range(${sql}, TRY_CAST(${sql} AS ${duckType(to)}), '${to.base}')`;
  if (to.base === 'decimal' && from.base !== 'boolean') return castToDecimal(sql, from, to);
  if (to.base === 'real' && from.base === 'decimal') return `CAST(CAST(${sql} AS DOUBLE) AS FLOAT)`;
  if (from.base === 'timestamp with time zone' || to.base === 'timestamp with time zone')
    return castZoned(sql, from, to);
  if (to.base === 'timestamp' && from.base === 'time') return `(CAST('1970-01-01' AS DATE) + ${sql})`;
  if (to.base === 'timestamp' && from.base === 'timestamp' && (to.precision ?? 3) < (from.precision ?? 3))
    return `trino_round_second(${sql}, ${to.precision})`;
  return `CAST(${sql} AS ${duckType(to)})`;
}

function castZoned(sql: string, from: Type, to: Type): string {
  if (from.base === to.base) return sql;
  if (to.base === 'timestamp with time zone') return `trino_zoned(CAST(${sql} AS TIMESTAMP), 'UTC')`;
  return `CAST(trino_local(${sql}) AS ${duckType(to)})`;
}

function castToDecimal(sql: string, from: Type, to: Type): string {
  const target = `TRY_CAST(${isFloat(from) ? `CAST(${sql} AS DOUBLE)` : sql} AS ${duckType(to)})`;
  const kind = from.base === 'decimal' ? `DECIMAL` : from.base.toUpperCase();
  return `trino_fits(${target}, ${sql} IS NULL, 'Cannot cast ${kind} ''' || ${textOf(sql, from)} || ''' to DECIMAL(${to.precision}, ${to.scale})')`;
}

function castToText(sql: string, from: Type, to: Type): string {
  if (to.base === 'char') return `rpad(${isText(from) ? sql : textOf(sql, from)}, ${to.length}, ' ')`;
  if (isText(from))
    return to.length === undefined || (from.length ?? Number.POSITIVE_INFINITY) <= to.length
      ? sql
      : `${sql}[1:${to.length}]`;
  const text =
    from.base === 'date' || from.base.startsWith('time')
      ? textOf(sql, from, from.precision ?? 0)
      : isFloat(from)
        ? `trino_double_text(CAST(${sql} AS ${duckType(from)}))`
        : textOf(sql, from);
  return to.length === undefined ? text : `trino_text_fits(${text}, ${textOf(sql, from)}, ${to.length})`;
}

const TRINO_NAMES: Record<string, string> = {
  tinyint: 'TINYINT',
  smallint: 'SMALLINT',
  integer: 'INT',
  bigint: 'BIGINT',
  real: 'REAL',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
};

function castFromText(sql: string, to: Type): string {
  switch (to.base) {
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
      return `trino_fits(CASE WHEN regexp_full_match(${sql}, '[+-]?[0-9]+') THEN TRY_CAST(${sql} AS ${duckType(to)}) END, ${sql} IS NULL, 'Cannot cast ''' || ${sql} || ''' to ${TRINO_NAMES[to.base]}')`;
    case 'real':
    case 'double':
      return `trino_fits(CASE WHEN regexp_full_match(${sql}, '\\s*[+-]?(?:NaN|Infinity)\\s*') OR NOT regexp_full_match(${sql}, '\\s*[+-]?(?:nan|inf|infinity)\\s*', 'i') THEN TRY_CAST(${sql} AS ${duckType(to)}) END, ${sql} IS NULL, 'Cannot cast ''' || ${sql} || ''' to ${TRINO_NAMES[to.base]}')`;
    case 'boolean':
      return `CASE WHEN lower(${sql}) IN ('true', 't', '1') THEN true WHEN lower(${sql}) IN ('false', 'f', '0') THEN false WHEN ${sql} IS NOT NULL THEN CAST(trino_raise('INVALID_CAST_ARGUMENT: Cannot cast ''' || ${sql} || ''' to BOOLEAN') AS BOOLEAN) END`;
    case 'decimal':
      return `trino_fits(CASE WHEN regexp_full_match(${sql}, '\\s*[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?\\s*') THEN TRY_CAST(${sql} AS ${duckType(to)}) END, ${sql} IS NULL,
        'Cannot cast VARCHAR ''' || ${sql} || ''' to DECIMAL(${to.precision}, ${to.scale}). ' || CASE WHEN TRY_CAST(${sql} AS DOUBLE) IS NULL THEN 'Value is not a number.' ELSE 'Value too large.' END)`;
    case 'date':
      return `trino_fits(CASE WHEN regexp_full_match(${sql}, '\\s*[+-]?[0-9]+-[0-9]{1,2}-[0-9]{1,2}\\s*') THEN TRY_CAST(${sql} AS DATE) END, ${sql} IS NULL, 'Value cannot be cast to date: ' || ${sql})`;
    case 'timestamp':
      return `trino_fits(CASE WHEN regexp_full_match(${sql}, '\\s*[0-9]+-[0-9]{1,2}-[0-9]{1,2}(?: [0-9]{1,2}:[0-9]{1,2}(?::[0-9]{1,2}(?:\\.[0-9]*)?)?)?\\s*') THEN ${rounded(`TRY_CAST(trino_full_clock(${sql}) AS TIMESTAMP)`, to)} END, ${sql} IS NULL, 'Value cannot be cast to timestamp: ' || ${sql})`;
    case 'time':
      return `trino_fits(TRY_CAST(trino_full_clock(${sql}) AS TIME), ${sql} IS NULL, 'Value cannot be cast to time: ' || ${sql})`;
    case 'timestamp with time zone':
      return `trino_zoned_text(${sql})`;
    case 'varbinary':
      return `encode(${sql})`;
    case 'uuid':
      return `trino_fits(TRY_CAST(${sql} AS UUID), ${sql} IS NULL, 'Cannot cast value to UUID: ' || ${sql})`;
    default:
      return `CAST(${sql} AS ${duckType(to)})`;
  }
}

function rounded(sql: string, to: Type): string {
  return `trino_round_second(${sql}, ${to.precision ?? 3})`;
}

/** A value as JSON text; SQL NULL stays NULL. */
function jsonOf(sql: string, type: Type): string {
  switch (type.base) {
    case 'json':
      return `CAST(${sql} AS VARCHAR)`;
    case 'varchar':
      return `CAST(to_json(${sql}) AS VARCHAR)`;
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
      return `CAST(${sql} AS VARCHAR)`;
    case 'decimal':
      return textOf(sql, type);
    case 'real':
    case 'double':
      return `trino_json_double(${textOf(sql, type)})`;
    case 'array': {
      const item = newVariable();
      return `'[' || array_to_string(list_transform(${sql}, lambda ${item}: coalesce(${jsonOf(item, first(type))}, 'null')), ',') || ']'`;
    }
    case 'map': {
      const entry = newVariable();
      const pair = `CAST(to_json(${textOf(`${entry}.key`, first(type))}) AS VARCHAR) || ':' || coalesce(${jsonOf(`${entry}.value`, type.of?.[1] as Type)}, 'null')`;
      return `'{' || array_to_string(list_sort(list_transform(map_entries(${sql}), lambda ${entry}: ${pair})), ',') || '}'`;
    }
    case 'row': {
      const pairs = (type.of ?? []).map(
        (field, index) =>
          `${quoteText(`${JSON.stringify(type.names?.[index] ?? '')}:`)} || coalesce(${jsonOf(fieldOf(sql, type, index), field)}, 'null')`,
      );
      return `CASE WHEN ${sql} IS NOT NULL THEN '{' || ${pairs.join(" || ',' || ")} || '}' END`;
    }
    case 'unknown':
      return 'CAST(NULL AS VARCHAR)';
    default:
      return `CAST(to_json(${textOf(sql, type, type.precision ?? 0)}) AS VARCHAR)`;
  }
}

function fromJson(sql: string, to: Type): string {
  switch (to.base) {
    case 'json':
      return sql;
    case 'array': {
      const item = newVariable();
      return `list_transform(trino_json_items(${sql}), lambda ${item}: ${fromJson(item, first(to))})`;
    }
    case 'map': {
      const entry = newVariable();
      const key = castSql(`${entry}.key`, VARCHAR, first(to));
      return `map_from_entries(list_transform(trino_json_entries(${sql}), lambda ${entry}: {'key': ${key}, 'value': ${fromJson(`${entry}.value`, to.of?.[1] as Type)}}))`;
    }
    case 'row': {
      const fields = (to.of ?? []).map(
        (field, index) =>
          `${quoteText(fieldKey(to, index))}: ${fromJson(`trino_json_field(${sql}, ${quoteText(to.names?.[index] ?? '')}, ${index})`, field)}`,
      );
      return `CASE WHEN json_type(${sql}) <> 'NULL' THEN {${fields.join(', ')}} END`;
    }
    case 'boolean':
    case 'varchar':
      return castSql(`json_extract_string(${sql}, '$')`, VARCHAR, to);
    default:
      return castSql(`json_extract_string(${sql}, '$')`, VARCHAR, to);
  }
}
