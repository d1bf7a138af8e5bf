import { SqlError, type SqlPosition } from '../../../../lib/languages/trino-sql/sql-error.ts';
import { asDecimal, decimal, isNumber, type Type } from '../../../../lib/languages/trino-sql/types.ts';
import type { Compiled } from './compiled.ts';
import { coerce } from './convert.ts';
import { duckType } from './duck-type.ts';

/**
 * How decimals are added and multiplied. Trino's types leave room for every result, which soon is more than the 18
 * digits of a machine word, and twice the work. DuckDB's own arithmetic stays in the word and raises what does not fit
 * there. So a statement is compiled to that, and where it is at risk a second time, exactly, for when it is raised.
 */
export interface DecimalMode {
  isExact: boolean;
  /** Set by what may be raised. */
  isAtRisk: boolean;
}

/** For what does not let errors out (TRY), or takes its types from a first value (reduce, recursion). */
export const EXACT: DecimalMode = { isExact: true, isAtRisk: false };

const WORD_DIGITS = 18;

/** Whether DuckDB's error is of a result that more than a machine word has room for. */
export function isWordOverflow(message: string): boolean {
  return (
    /Overflow in \w+ of DECIMAL\(18\)/.test(message) ||
    /Casting value .* to type DECIMAL\(18,\s?\d+\) failed/.test(message)
  );
}

export function calculateDecimals(
  operator: string,
  left: Compiled,
  right: Compiled,
  at: SqlPosition,
  mode: DecimalMode,
): Compiled {
  const [a, b] = [asDecimal(left.type), asDecimal(right.type)];
  const [p1, s1, p2, s2] = [a.precision ?? 0, a.scale ?? 0, b.precision ?? 0, b.scale ?? 0];
  const [x, y] = [coerce(left, a).sql, coerce(right, b).sql];
  const scale = Math.max(s1, s2);
  switch (operator) {
    case '+':
    case '-': {
      const type = decimal(Math.min(38, Math.max(p1 - s1, p2 - s2) + scale + 1), scale);
      return { sql: sum(operator, x, y, type, mode), type, at };
    }
    case '*': {
      if (s1 + s2 > 38)
        throw new SqlError(
          'INVALID_FUNCTION_ARGUMENT',
          `DECIMAL scale must be in range [0, precision (38)]: ${s1 + s2}`,
          at,
        );
      const type = decimal(Math.min(38, p1 + p2), s1 + s2);
      return { sql: product({ sql: x, type: a }, y, type, mode), type, at };
    }
    case '/': {
      const type = decimal(Math.min(38, p1 + s2 + Math.max(s2 - s1, 0)), scale);
      const shifted = `${unscaled(x, s1)} * ${power(scale - s1 + s2)}`;
      const quotient = `trino_quotient(${shifted}, ${unscaled(y, s2)})`;
      return { sql: `CAST(${scaled(quotient, scale)} AS ${duckType(type)})`, type, at };
    }
    default: {
      const type = decimal(Math.min(p2 - s2, p1 - s1) + scale, scale);
      return {
        sql: `CAST(trino_modulo(CAST(${x} AS DECIMAL(38, ${scale})), CAST(${y} AS DECIMAL(38, ${scale}))) AS ${duckType(type)})`,
        type,
        at,
      };
    }
  }
}

function sum(operator: string, x: string, y: string, type: Type, mode: DecimalMode): string {
  if (isNative(type, mode)) return `(${x} ${operator} ${y})`;
  const wide = duckType(type);
  return `CAST(CAST(${x} AS ${wide}) ${operator} CAST(${y} AS ${wide}) AS ${wide})`;
}

function product(x: { sql: string; type: Type }, y: string, type: Type, mode: DecimalMode): string {
  if (isNative(type, mode)) return `(${x.sql} * ${y})`;
  // A factor of more digits than a word has makes DuckDB leave it.
  const factor = decimal(Math.max(WORD_DIGITS + 1, x.type.precision ?? 0), x.type.scale ?? 0);
  return `CAST((CAST(${x.sql} AS ${duckType(factor)}) * ${y}) AS ${duckType(type)})`;
}

/** Whether DuckDB's own result is the right one, or none. */
function isNative(type: Type, mode: DecimalMode): boolean {
  const fits = (type.precision ?? 0) <= WORD_DIGITS;
  if (!fits && !mode.isExact) mode.isAtRisk = true;
  return fits || !mode.isExact;
}

/** The mean as Trino rounds it: half up, with the scale of what it is of. NULL of nothing. */
export function mean(sum: string, count: string, type: Type): string {
  const scale = type.scale ?? 0;
  const digits = unscaled(`CAST(${sum} AS DECIMAL(38, ${scale}))`, scale);
  return `CAST(${scaled(`trino_mean(${digits}, ${count})`, scale)} AS ${duckType(type)})`;
}

/** One of several values that become one, of this type. A literal does not make the others wider than they are. */
export function branch(value: Compiled, type: Type): string {
  if (type.base !== 'decimal' || !isNumber(value.type) || value.literal === undefined) return coerce(value, type).sql;
  const { precision = 0, scale = 0 } = asDecimal(value.type);
  const own = decimal(Math.max(1, precision - scale) + (type.scale ?? 0), type.scale ?? 0);
  return coerce(value, (own.precision ?? 0) < (type.precision ?? 0) ? own : type).sql;
}

/** The digits of a decimal as a whole number. */
function unscaled(sql: string, scale: number): string {
  if (scale === 0) return `CAST(${sql} AS HUGEINT)`;
  // The part behind the point times its power has twice as many digits.
  return scale <= WORD_DIGITS ? `trino_unscaled(${sql}, ${power(scale)})` : `trino_digits(${sql})`;
}

function scaled(digits: string, scale: number): string {
  const whole = `CAST(${digits} AS DECIMAL(38, 0))`;
  return scale === 0 ? whole : `${whole} * CAST('0.${'1'.padStart(scale, '0')}' AS DECIMAL(${scale}, ${scale}))`;
}

function power(digits: number): string {
  return digits <= WORD_DIGITS ? `1${'0'.repeat(digits)}` : `CAST('1${'0'.repeat(digits)}' AS HUGEINT)`;
}
