import { quoteName } from './session.ts';

const SIMPLE: Record<string, string> = {
  string: 'VARCHAR',
  varchar: 'VARCHAR',
  char: 'VARCHAR',
  tinyint: 'TINYINT',
  smallint: 'SMALLINT',
  int: 'INTEGER',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  float: 'FLOAT',
  real: 'FLOAT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  binary: 'BLOB',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  'timestamp with time zone': 'TIMESTAMPTZ',
};

/**
 * Writes a type of the Glue catalog as DuckDB's: `array<struct<a:int>>` → `STRUCT("a" INTEGER)[]`.
 * Throws on a type that Athena does not know (https://docs.aws.amazon.com/athena/latest/ug/data-types.html).
 */
export function hiveToDuckType(type: string): string {
  const text = type.trim().toLowerCase();
  const simple = SIMPLE[text.replace(/\s*\(\d+\)$/, '')];
  if (simple) return simple;
  const decimal = /^decimal(?:\s*\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?$/.exec(text);
  if (decimal) return `DECIMAL(${decimal[1] ?? 10}, ${decimal[2] ?? 0})`;
  const nested = /^(array|map|struct|row)\s*[<(](.*)[>)]$/s.exec(text);
  if (!nested) throw new Error(`Type '${type}' is not a type of the catalog.`);
  const parts = splitTopLevel(nested[2] as string);
  switch (nested[1]) {
    case 'array':
      return `${hiveToDuckType(parts[0] as string)}[]`;
    case 'map':
      return `MAP(${parts.map(hiveToDuckType).join(', ')})`;
    default:
      return `STRUCT(${parts.map(structField).join(', ')})`;
  }
}

function structField(field: string): string {
  const colon = field.indexOf(':');
  if (colon < 0) throw new Error(`Struct field '${field.trim()}' has no type.`);
  return `${quoteName(field.slice(0, colon).trim())} ${hiveToDuckType(field.slice(colon + 1))}`;
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
