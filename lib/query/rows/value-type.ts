import type { Cell } from '../schemas';

/** What a column's values are in a typed format. What has no exact type of its own is text, as Athena writes it. */
export type ValueType =
  | { kind: 'boolean' }
  | { kind: 'integer'; bits: 8 | 16 | 32 | 64 }
  | { kind: 'float'; bits: 32 | 64 }
  | { kind: 'decimal'; precision: number; scale: number }
  | { kind: 'date' }
  | { kind: 'timestamp' }
  | { kind: 'binary' }
  | { kind: 'text' };

/**
 * A number (integers up to 32 bits, floats, days since 1970), a bigint (64 bits, a decimal without its point, microseconds
 * since 1970 on the clock of the value), bytes, a boolean or a text; null for null.
 */
export type TypedValue = number | bigint | boolean | string | Uint8Array | null;

const PLAIN: Record<string, ValueType> = {
  boolean: { kind: 'boolean' },
  tinyint: { kind: 'integer', bits: 8 },
  smallint: { kind: 'integer', bits: 16 },
  int: { kind: 'integer', bits: 32 },
  integer: { kind: 'integer', bits: 32 },
  bigint: { kind: 'integer', bits: 64 },
  float: { kind: 'float', bits: 32 },
  real: { kind: 'float', bits: 32 },
  double: { kind: 'float', bits: 64 },
  date: { kind: 'date' },
  timestamp: { kind: 'timestamp' },
  varbinary: { kind: 'binary' },
};

/**
 * The type of a column of Athena's. Of arrays, maps and rows its API tells neither the types of their elements nor where
 * a text in them ends, so that they stay text; so does a timestamp with a time zone, which is not one instant's name only.
 * https://docs.aws.amazon.com/athena/latest/APIReference/API_ColumnInfo.html
 */
export function valueType(athenaType: string): ValueType {
  const type = athenaType.toLowerCase();
  const decimal = /^decimal\((\d+),\s*(\d+)\)$/.exec(type);
  if (decimal) return { kind: 'decimal', precision: Number(decimal[1]), scale: Number(decimal[2]) };
  return PLAIN[type.replace(/^timestamp\(\d+\)$/, 'timestamp')] ?? { kind: 'text' };
}

const DAY_MS = 86_400_000;

/** Reads a cell as its type. Throws for a text that is no value of it, which Athena does not write. */
export function readValue(type: ValueType, cell: Cell): TypedValue {
  if (cell === null) return null;
  switch (type.kind) {
    case 'boolean':
      return cell === 'true';
    case 'integer':
      return type.bits === 64 ? BigInt(cell) : Number(cell);
    case 'float':
      return Number(cell);
    case 'decimal':
      return unscaled(cell, type.scale);
    case 'date':
      return Number(epochMs(cell) / BigInt(DAY_MS));
    case 'timestamp':
      return micros(cell);
    case 'binary':
      return Buffer.from(cell.replaceAll(' ', ''), 'hex');
    case 'text':
      return cell;
  }
}

/** `-12.5` of decimal(9,2) → -1250n. */
function unscaled(cell: string, scale: number): bigint {
  const [whole = '', fraction = ''] = cell.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0').slice(0, scale));
}

/** Midnight of a day. `Date.parse` would not read the years before 0 and after 9999 that Trino writes. */
function epochMs(day: string): bigint {
  const [, year, month, date] = /^([+-]?\d+)-(\d\d)-(\d\d)$/.exec(day) ?? [];
  const at = new Date(0).setUTCFullYear(Number(year), Number(month) - 1, Number(date));
  if (Number.isNaN(at)) throw new RangeError(`“${day}” is not a date.`);
  return BigInt(at);
}

function micros(cell: string): bigint {
  const [, day = '', hours, minutes, seconds, fraction = ''] =
    /^(\S+) (\d\d):(\d\d):(\d\d)(?:\.(\d+))?$/.exec(cell) ?? [];
  const inDay = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  if (Number.isNaN(inDay)) throw new RangeError(`“${cell}” is not a timestamp.`);
  return epochMs(day) * 1000n + BigInt(inDay) * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}
