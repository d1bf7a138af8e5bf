/** Column types: Glue's names folded into Athena's, and what DuckDB calls them. */

const scalarTypes: Record<string, string> = {
  string: 'VARCHAR',
  boolean: 'BOOLEAN',
  tinyint: 'TINYINT',
  smallint: 'SMALLINT',
  int: 'INTEGER',
  bigint: 'BIGINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  binary: 'BLOB',
};

/** Glue Studio and Spark have names of their own for some types. */
const aliases: Record<string, string> = {
  long: 'bigint',
  integer: 'int',
  short: 'smallint',
  byte: 'tinyint',
  varchar: 'string',
  char: 'string',
  decimal: 'decimal(10,0)',
};

const decimalPattern = /^decimal\((\d{1,2}),(\d{1,2})\)$/;

/** Athena's name of a Glue type, or undefined for what is no scalar type. */
export function athenaType(type: string): string | undefined {
  const plain = type.toLowerCase().replace(/\s+/g, '');
  const name = aliases[plain] ?? plain.replace(/^(?:var)?char\(\d+\)$/, 'string');
  return name in scalarTypes || decimalOf(name) ? name : undefined;
}

/** Precision and scale of a decimal type. */
export function decimalOf(type: string): { precision: number; scale: number } | undefined {
  const [, precision, scale] = decimalPattern.exec(type) ?? [];
  if (precision === undefined || scale === undefined) return undefined;
  const decimal = { precision: Number(precision), scale: Number(scale) };
  return decimal.precision >= 1 && decimal.precision <= 38 && decimal.scale <= decimal.precision ? decimal : undefined;
}

/** DuckDB's name of an Athena scalar type. */
export function duckdbType(type: string): string {
  const name = scalarTypes[type] ?? (decimalOf(type) ? type.toUpperCase() : undefined);
  if (!name) throw new Error(`no DuckDB type for ${type}`);
  return name;
}

const integerTypes = ['tinyint', 'smallint', 'int', 'bigint'];

export const isInteger = (type: string): boolean => integerTypes.includes(type);
const isFloating = (type: string): boolean => type === 'double' || type === 'float';
export const isNumber = (type: string): boolean => isInteger(type) || isFloating(type) || decimalOf(type) !== undefined;
