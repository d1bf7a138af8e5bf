/** Values of partitions, compared as the type of their key is; they are kept as texts. */
import { glueError, invalidInput } from './errors.ts';

/** Of one type; undefined where there is no value. */
export type PartitionValue = string | number | bigint | undefined;

interface ValueType {
  /** As Glue calls it; undefined where LIKE can be used. */
  name?: string;
  /** Undefined for a text that is no value of the type. */
  read(text: string): PartitionValue;
  /** Why it is none. */
  complaint(text: string): string;
}

/** What Hive writes for NULL; among texts it is one of them. */
const HIVE_NULL = '__HIVE_DEFAULT_PARTITION__';
const TIMESTAMP = /^(\d{4}-\d\d-\d\d) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?$/;

const text: ValueType = { read: (value) => value, complaint: (value) => `${value} is not a string.` };
const types: [pattern: RegExp, type: ValueType][] = [
  [
    /^(tinyint|smallint|int|integer|bigint|long)$/i,
    {
      name: 'Integral',
      read: (value) => (/^[+-]?\d+$/.test(value.trim()) ? BigInt(value.trim()) : undefined),
      complaint: (value) => `"${value}" is not an integer.`,
    },
  ],
  [
    /^decimal/i,
    {
      name: 'Decimal',
      read: (value) => (value.trim() === '' || Number.isNaN(Number(value)) ? undefined : Number(value)),
      complaint: (value) => `${value} is not a decimal.`,
    },
  ],
  [
    /^date$/i,
    {
      name: 'Date',
      read: (value) => (isDate(value) ? value : undefined),
      complaint: (value) => `${value} is not a date.`,
    },
  ],
  [
    /^timestamp$/i,
    {
      name: 'Timestamp',
      read: readTimestamp,
      complaint: (value) => `Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff] ${value} is not a timestamp.`,
    },
  ],
];

function typeOf(keyType = 'string'): ValueType {
  return types.find(([pattern]) => pattern.test(keyType))?.[1] ?? text;
}

/** Of a partition that is there; it may not be of the type that its key has by now. */
export function partitionValue(value: string, keyType: string | undefined): PartitionValue {
  const type = typeOf(keyType);
  if (value === HIVE_NULL && type !== text) return undefined;
  const read = type.read(value);
  if (read === undefined) throw glueError('InvalidStateException', type.complaint(value));
  return read;
}

/** Of an expression. */
export function literalValue(value: string, keyType: string | undefined): PartitionValue {
  const type = typeOf(keyType);
  const read = type.read(value);
  if (read === undefined) throw invalidInput(type.complaint(value));
  return read;
}

export function mustBeLikeable(keyType: string | undefined): void {
  const { name } = typeOf(keyType);
  if (name) throw invalidInput(`${name} data type doesn't support operation 'LIKE'`);
}

/** Whole dates only: there is no thirtieth of February. */
function isDate(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** With all its nanoseconds, so that the order of the texts is that of the times. */
function readTimestamp(value: string): string | undefined {
  const [, date = '', hours, minutes, seconds, fraction = ''] = TIMESTAMP.exec(value) ?? [];
  return isDate(date) ? `${date} ${hours}:${minutes}:${seconds}.${fraction.padEnd(9, '0')}` : undefined;
}
