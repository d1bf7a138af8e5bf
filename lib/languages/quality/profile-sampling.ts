import { baseType, type ColumnSql, columnSql, isInteger, momentMs, type TableColumn } from './profile-column.ts';

/** A condition that a share of a column's values meets, each with all its rows. */
export interface Sampling {
  condition: string;
  /** One value in so many. */
  factor: number;
}

/** Primes, but for those of 60: what counts in tens, minutes or hours must not all be in or all be out. */
const PRIMES = [1, 7, 11, 17, 29, 47, 79, 127, 211, 347, 569, 929, 1523, 2503, 4091, 6709, 10993, 18041];

/** Undefined for types whose values cannot be told apart by a cheap number: fractions. */
export function samplingOf(
  column: TableColumn,
  wanted: number,
  { kind, value }: ColumnSql = columnSql(column),
): Sampling | undefined {
  const prime = PRIMES.find((each) => each >= wanted) ?? 18041;
  if (isInteger(column.type)) return { condition: `mod(CAST(${value} AS bigint), ${prime}) = 0`, factor: prime };
  if (kind === 'moment') {
    // Days and seconds have milliseconds that are all multiples of the same.
    const unit = baseType(column.type) === 'date' ? `${momentMs(value)} / 86400000` : momentMs(value);
    return { condition: `mod(${unit}, ${prime}) = 0`, factor: prime };
  }
  if (kind !== 'text') return undefined;
  const limit = Math.max(1, Math.floor(65_536 / prime));
  const condition = limit >= 65_536 ? 'true' : `md5(to_utf8(${value})) < X'${limit.toString(16).padStart(4, '0')}'`;
  return { condition, factor: 65_536 / limit };
}
