import {
  arrayOf,
  decimal,
  mapOf,
  rowOf,
  simple,
  type Type,
  timestamp,
  varchar,
  zoned,
} from '../../../lib/languages/trino-sql/types.ts';
import { duckType } from './dialect/duck-type.ts';

const SIMPLE: Record<string, Type> = {
  string: varchar(),
  tinyint: simple('tinyint'),
  smallint: simple('smallint'),
  int: simple('integer'),
  integer: simple('integer'),
  bigint: simple('bigint'),
  float: simple('real'),
  real: simple('real'),
  double: simple('double'),
  boolean: simple('boolean'),
  binary: simple('varbinary'),
  date: simple('date'),
  timestamp: timestamp(3),
  'timestamp with time zone': zoned(3),
};

/**
 * A type of the Glue catalog as Trino's: `array<struct<a:int>>` is `array(row(a integer))`.
 * Throws on a type that Athena does not know (https://docs.aws.amazon.com/athena/latest/ug/data-types.html).
 */
export function hiveToType(type: string): Type {
  const text = type.trim().toLowerCase();
  const known = SIMPLE[text];
  if (known) return known;
  const sized = /^(varchar|char|decimal)(?:\s*\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?$/.exec(text);
  if (sized) return sizedType(sized);
  const nested = /^(array|map|struct|row)\s*[<(](.*)[>)]$/s.exec(text);
  if (!nested) throw new Error(`Type '${type}' is not a type of the catalog.`);
  const parts = splitTopLevel(nested[2] as string);
  switch (nested[1]) {
    case 'array':
      return arrayOf(hiveToType(parts[0] as string));
    case 'map':
      return mapOf(hiveToType(parts[0] as string), hiveToType(parts[1] ?? ''));
    default: {
      const fields = parts.map(structField);
      return rowOf(
        fields.map((field) => field.type),
        fields.map((field) => field.name),
      );
    }
  }
}

/** The DuckDB type that holds values of a type of the Glue catalog. */
export function hiveToDuckType(type: string): string {
  return duckType(hiveToType(type));
}

function sizedType([, base, first, second]: RegExpExecArray): Type {
  if (base === 'decimal') return decimal(Number(first ?? 10), Number(second ?? 0));
  return base === 'char'
    ? { base, length: Number(first ?? 1) }
    : varchar(first === undefined ? undefined : Number(first));
}

function structField(field: string): { name: string; type: Type } {
  const colon = field.indexOf(':');
  if (colon < 0) throw new Error(`Struct field '${field.trim()}' has no type.`);
  return { name: field.slice(0, colon).trim().replaceAll('`', ''), type: hiveToType(field.slice(colon + 1)) };
}

/** Splits at the commas that are not inside brackets. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '<' || character === '(') depth += 1;
    else if (character === '>' || character === ')') depth -= 1;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)];
}
