import { SqlError, type SqlPosition } from './sql-error.ts';
import type { TypeName } from './syntax.ts';
import { decimal, rowOf, simple, type Type, varchar } from './types.ts';

const ALIASES: Record<string, string> = {
  int: 'integer',
  float: 'real',
  dec: 'decimal',
  numeric: 'decimal',
  string: 'varchar',
  binary: 'varbinary',
};

const SIMPLE = new Set([
  'boolean',
  'tinyint',
  'smallint',
  'integer',
  'bigint',
  'real',
  'double',
  'date',
  'json',
  'varbinary',
  'uuid',
  'unknown',
  'interval day to second',
  'interval year to month',
]);

/** Types that Trino knows and the local engine has no values for. */
const REFUSED = new Set([
  'ipaddress',
  'hyperloglog',
  'p4hyperloglog',
  'qdigest',
  'tdigest',
  'setdigest',
  'color',
  'geometry',
  'sphericalgeography',
  'time with time zone',
]);

/** The type that a name in a query stands for. Throws Trino's error for one that it does not know. */
export function resolveType(name: TypeName, at = name.at): Type {
  const base = ALIASES[name.name] ?? name.name;
  const numbers = name.args.filter((arg) => typeof arg === 'number');
  const types = name.args.filter((arg) => typeof arg !== 'number');
  if (name.name === 'string' || name.name === 'binary' || name.name === 'float') throw unknownType(name, at);
  if (SIMPLE.has(base) && name.args.length === 0) return simple(base);
  if (REFUSED.has(base))
    throw new SqlError('NOT_SUPPORTED', `Type ${base} is not supported by the local engine`, name.at);
  switch (base) {
    case 'varchar':
      return varchar(numbers[0]);
    case 'char':
      return { base, length: numbers[0] ?? 1 };
    case 'decimal':
      return decimalOf(numbers[0] ?? 38, numbers[1] ?? 0, name);
    case 'time':
    case 'timestamp':
    case 'timestamp with time zone':
      return momentOf(base, numbers[0] ?? 3, name);
    case 'array':
      if (types.length === 1) return { base, of: types.map((type) => resolveType(type, at)) };
      break;
    case 'map':
      if (types.length === 2) return { base, of: types.map((type) => resolveType(type, at)) };
      break;
    case 'row':
      return rowOf(
        types.map((type) => resolveType(type, at)),
        (name.fieldNames ?? []).map((field) => field.toLowerCase()),
      );
  }
  throw unknownType(name, at);
}

function decimalOf(precision: number, scale: number, name: TypeName): Type {
  if (precision < 1 || precision > 38)
    throw new SqlError(
      'INVALID_FUNCTION_ARGUMENT',
      `DECIMAL precision must be in range [1, 38]: ${precision}`,
      name.at,
    );
  if (scale > precision)
    throw new SqlError(
      'INVALID_FUNCTION_ARGUMENT',
      `DECIMAL scale must be in range [0, precision (${precision})]: ${scale}`,
      name.at,
    );
  return decimal(precision, scale);
}

function momentOf(base: string, precision: number, name: TypeName): Type {
  if (precision > 6)
    throw new SqlError(
      'NOT_SUPPORTED',
      `${base.toUpperCase()}(${precision}) is not supported by the local engine: its precision ends at microseconds`,
      name.at,
    );
  return { base, precision };
}

function unknownType(name: TypeName, at: SqlPosition): SqlError {
  return new SqlError('TYPE_MISMATCH', `Unknown type: ${name.name}`, at);
}
