import { type Type, typeText } from '../../../../lib/languages/trino-sql/types.ts';
import { quoteName } from './compiled.ts';

const SIMPLE: Record<string, string> = {
  boolean: 'BOOLEAN',
  tinyint: 'TINYINT',
  smallint: 'SMALLINT',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  real: 'FLOAT',
  double: 'DOUBLE',
  varchar: 'VARCHAR',
  char: 'VARCHAR',
  varbinary: 'BLOB',
  date: 'DATE',
  time: 'TIME',
  timestamp: 'TIMESTAMP',
  // The moment in UTC and the zone that it is shown in: DuckDB's own type forgets the zone.
  'timestamp with time zone': 'STRUCT(i TIMESTAMP, z VARCHAR)',
  'interval day to second': 'INTERVAL',
  'interval year to month': 'INTERVAL',
  json: 'JSON',
  uuid: 'UUID',
  unknown: 'INTEGER',
};

/** The DuckDB type that holds values of a Trino type. */
export function duckType(type: Type): string {
  const of = type.of ?? [];
  switch (type.base) {
    case 'decimal':
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case 'array':
      return `${duckType(of[0] as Type)}[]`;
    case 'map':
      return `MAP(${of.map(duckType).join(', ')})`;
    case 'row':
      return `STRUCT(${of.map((field, index) => `${quoteName(fieldKey(type, index))} ${duckType(field)}`).join(', ')})`;
    default: {
      const found = SIMPLE[type.base];
      if (!found) throw new Error(`The engine has no values of type ${typeText(type)}`);
      return found;
    }
  }
}

/** The name of a row's field in the engine: fields without a name have one there. */
export function fieldKey(row: Type, index: number): string {
  return row.names?.[index] || `field${index}`;
}

/** A field of a row. */
export function fieldOf(row: string, type: Type, index: number): string {
  return `struct_extract(${row}, '${fieldKey(type, index).replaceAll("'", "''")}')`;
}

let variables = 0;

/** A name for a lambda's variable that no other has. */
export function newVariable(): string {
  variables = (variables + 1) % 1_000_000;
  return `v${variables}`;
}
