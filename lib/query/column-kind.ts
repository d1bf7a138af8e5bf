export type ColumnKind = 'number' | 'text' | 'time' | 'boolean' | 'nested';

const kinds: Record<string, ColumnKind> = {
  tinyint: 'number',
  smallint: 'number',
  int: 'number',
  integer: 'number',
  bigint: 'number',
  float: 'number',
  real: 'number',
  double: 'number',
  decimal: 'number',
  boolean: 'boolean',
  date: 'time',
  time: 'time',
  timestamp: 'time',
  array: 'nested',
  map: 'nested',
  row: 'nested',
  struct: 'nested',
};

/** Tells how a column of this Athena or Glue type is shown: `decimal(9,2)` is a number, `array<string>` is nested. */
export function columnKind(type: string): ColumnKind {
  return kinds[/^\w+/.exec(type.toLowerCase())?.[0] ?? ''] ?? 'text';
}
