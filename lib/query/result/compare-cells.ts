import { columnKind } from '../column-kind.ts';

/** Compares two values of a type that are not null, as Athena's ORDER BY would; numbers by every digit. */
export function compareCells(type: string): (a: string, b: string) => number {
  return columnKind(type) === 'number' ? compareNumbers : compareTexts;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A double holds 15 digits of a decimal or bigint for certain: past them, the texts decide. */
const SURE_DIGITS = 15;

function compareNumbers(a: string, b: string): number {
  const [left, right] = [Number(a), Number(b)];
  if (left !== right) {
    // Trino puts NaN behind every number.
    if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : 1;
    return Number.isNaN(right) || left < right ? -1 : 1;
  }
  if (a.length <= SURE_DIGITS && b.length <= SURE_DIGITS) return 0;
  return compareExactly(a, b);
}

const PLAIN = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Numbers that are the same double: by their digits, where both are written out. */
export function compareExactly(a: string, b: string): number {
  const [left, right] = [PLAIN.exec(a), PLAIN.exec(b)];
  if (!left || !right) return 0;
  const decimals = Math.max(left[3]?.length ?? 0, right[3]?.length ?? 0);
  const difference = scaled(left, decimals) - scaled(right, decimals);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function scaled([, sign = '', whole = '', fraction = '']: RegExpExecArray, decimals: number): bigint {
  return BigInt(`${sign}${whole}${fraction.padEnd(decimals, '0')}`);
}
