import { SqlError, type SqlPosition } from '../../../../lib/languages/trino-sql/sql-error.ts';
import {
  BOOLEAN,
  commonType,
  DAY_TO_SECOND,
  isComparable,
  isFloat,
  isInteger,
  isInterval,
  isNumber,
  isOrderable,
  isText,
  type Type,
  typeText,
  VARCHAR,
} from '../../../../lib/languages/trino-sql/types.ts';
import type { Compiled } from './compiled.ts';
import { coerce } from './convert.ts';
import { calculateDecimals, type DecimalMode, EXACT } from './decimals.ts';
import { duckType, fieldOf } from './duck-type.ts';

const ORDERINGS = ['<', '<=', '>', '>='];

function cannotApply(operator: string, left: Compiled, right: Compiled, at: SqlPosition): SqlError {
  return new SqlError(
    'TYPE_MISMATCH',
    `Cannot apply operator: ${typeText(left.type)} ${operator} ${typeText(right.type)}`,
    at,
  );
}

export function compare(operator: string, left: Compiled, right: Compiled, at: SqlPosition): Compiled {
  const type = commonType(left.type, right.type);
  const can = type && (ORDERINGS.includes(operator) ? isOrderable(type) : isComparable(type));
  if (!type || !can) throw cannotApply(operator, left, right, at);
  const [a, b] = [coerce(left, type).sql, coerce(right, type).sql];
  return { sql: comparison(operator, a, b, type), type: BOOLEAN, at };
}

function comparison(operator: string, left: string, right: string, type: Type): string {
  if (type.base === 'timestamp with time zone') return `(${left}.i ${operator} ${right}.i)`;
  if (type.base === 'row' && (operator === '=' || operator === '<>')) {
    const parts = (type.of ?? []).map((field, index) =>
      comparison('=', fieldOf(left, type, index), fieldOf(right, type, index), field),
    );
    return `(${operator === '=' ? '' : 'NOT '}(${parts.join(' AND ')}))`;
  }
  if (type.base === 'array' && (operator === '=' || operator === '<>'))
    return `(${operator === '=' ? '' : 'NOT '}trino_array_equals(${left}, ${right}))`;
  return `(${left} ${operator} ${right})`;
}

/** What stands for a value where values are told apart or put in order by DuckDB itself. */
export function sortKey({ sql, type }: Compiled): string {
  return type.base === 'timestamp with time zone' ? `${sql}.i` : sql;
}

export function calculate(
  operator: string,
  left: Compiled,
  right: Compiled,
  at: SqlPosition,
  decimals: DecimalMode = EXACT,
): Compiled {
  if (operator === '||') return concatenate(left, right, at);
  if (isNumber(left.type) && isNumber(right.type)) return calculateNumbers(operator, left, right, at, decimals);
  if (left.type.base === 'unknown' && isNumber(right.type))
    return calculateNumbers(operator, coerce(left, right.type), right, at, decimals);
  if (right.type.base === 'unknown' && isNumber(left.type))
    return calculateNumbers(operator, left, coerce(right, left.type), at, decimals);
  const moment = calculateMoments(operator, left, right, at);
  if (!moment) throw cannotApply(operator, left, right, at);
  return moment;
}

function concatenate(left: Compiled, right: Compiled, at: SqlPosition): Compiled {
  const [a, b] = [left.type, right.type];
  if (a.base === 'char' && b.base === 'char')
    return {
      sql: `(${left.sql} || ${right.sql})`,
      type: { base: 'char', length: (a.length ?? 1) + (b.length ?? 1) },
      at,
    };
  const nothing = a.base === 'unknown' ? b : b.base === 'unknown' ? a : undefined;
  if (nothing?.base === 'varchar')
    return { sql: 'CAST(NULL AS VARCHAR[])', type: { base: 'array', of: [nothing] }, at };
  if ((isText(a) || a.base === 'unknown') && (isText(b) || b.base === 'unknown')) {
    return { sql: `(${coerce(left, VARCHAR).sql} || ${coerce(right, VARCHAR).sql})`, type: concatType(a, b), at };
  }
  if (a.base === 'varbinary' && b.base === 'varbinary') return { sql: `(${left.sql} || ${right.sql})`, type: a, at };
  const common = commonType(a, b);
  if (common?.base === 'array' && a.base === 'array' && b.base === 'array')
    return { sql: `trino_array_concat(${coerce(left, common).sql}, ${coerce(right, common).sql})`, type: common, at };
  if (a.base === 'array' && !(b.base === 'array')) return appended(left, right, at);
  if (b.base === 'array') return appended(left, right, at);
  throw new SqlError(
    'FUNCTION_NOT_FOUND',
    `Unexpected parameters (${typeText(a)}, ${typeText(b)}) for function concat. Expected: concat(char(x), char(y)), concat(array(E), E) E, concat(E, array(E)) E, concat(array(E)) E, concat(varchar), concat(varbinary)`,
    at,
  );
}

function concatType(left: Type, right: Type): Type {
  if (left.base === 'char' || right.base === 'char') {
    return left.length === undefined || right.length === undefined
      ? VARCHAR
      : { base: 'char', length: left.length + right.length };
  }
  return VARCHAR;
}

function appended(left: Compiled, right: Compiled, at: SqlPosition): Compiled {
  const isLeft = left.type.base === 'array';
  const [array, item] = isLeft ? [left, right] : [right, left];
  const common = commonType(array.type.of?.[0] as Type, item.type);
  if (!common) throw cannotApply('||', left, right, at);
  const type = { base: 'array', of: [common] };
  const list = coerce(array, type).sql;
  const one = `[${coerce(item, common).sql}]`;
  return { sql: `list_concat(${isLeft ? list : one}, ${isLeft ? one : list})`, type, at };
}

function calculateNumbers(
  operator: string,
  left: Compiled,
  right: Compiled,
  at: SqlPosition,
  decimals: DecimalMode,
): Compiled {
  const type = commonType(left.type, right.type) as Type;
  if (type.base === 'decimal') return calculateDecimals(operator, left, right, at, decimals);
  const [a, b] = [coerce(left, type).sql, coerce(right, type).sql];
  if (isFloat(type)) {
    const sql = operator === '%' ? `fmod(${a}, ${b})` : `(${a} ${operator} ${b})`;
    return { sql: type.base === 'real' ? `CAST(${sql} AS FLOAT)` : sql, type, at };
  }
  const isDivision = operator === '/' || operator === '%';
  // Both sides are named twice: a division by zero is an error here, where DuckDB has NULL.
  if (isDivision)
    return { sql: `CAST(trino_${operator === '/' ? 'divide' : 'modulo'}(${a}, ${b}) AS ${duckType(type)})`, type, at };
  return { sql: `(CAST(${a} AS ${duckType(type)}) ${operator} CAST(${b} AS ${duckType(type)}))`, type, at };
}

function calculateMoments(operator: string, left: Compiled, right: Compiled, at: SqlPosition): Compiled | undefined {
  const [a, b] = [left.type, right.type];
  if (isInterval(a) && a.base === b.base && (operator === '+' || operator === '-'))
    return { sql: `(${left.sql} ${operator} ${right.sql})`, type: a, at };
  if (isInterval(a) && isNumber(b) && (operator === '*' || operator === '/'))
    return { sql: scaled(left, operator, right), type: a, at };
  if (isInterval(b) && isNumber(a) && operator === '*') return { sql: scaled(right, operator, left), type: b, at };
  if (isInterval(b) && (operator === '+' || operator === '-') && isMoment(a)) return moved(left, operator, right, at);
  if (isInterval(a) && operator === '+' && isMoment(b)) return moved(right, operator, left, at);
  if (operator !== '-') return undefined;
  if (a.base === 'date' && b.base === 'date')
    return { sql: `to_days(CAST(${left.sql} - ${right.sql} AS INTEGER))`, type: DAY_TO_SECOND, at };
  const type = commonType(a, b);
  if (!type || !/^time/.test(type.base)) return undefined;
  const [x, y] = [coerce(left, type).sql, coerce(right, type).sql];
  const field = type.base === 'timestamp with time zone' ? '.i' : '';
  const sql =
    type.base === 'time'
      ? `to_microseconds(epoch_us(${x}) - epoch_us(${y}))`
      : `to_microseconds(epoch_us(${x}${field}) - epoch_us(${y}${field}))`;
  return { sql, type: DAY_TO_SECOND, at };
}

function isMoment(type: Type): boolean {
  return ['date', 'time', 'timestamp', 'timestamp with time zone'].includes(type.base);
}

function scaled(interval: Compiled, operator: string, by: Compiled): string {
  const factor = `CAST(${by.sql} AS DOUBLE)`;
  if (interval.type.base === 'interval year to month')
    return `to_months(CAST(trunc((datepart('year', ${interval.sql}) * 12 + datepart('month', ${interval.sql})) ${operator} ${factor}) AS INTEGER))`;
  return `to_milliseconds(CAST(trunc(epoch_ms(${interval.sql}) ${operator} ${factor}) AS BIGINT))`;
}

function moved(moment: Compiled, operator: string, by: Compiled, at: SqlPosition): Compiled {
  const { sql, type } = moment;
  switch (type.base) {
    case 'date':
      if (by.type.base === 'interval day to second')
        return { sql: `CAST(${sql} ${operator} trino_whole_days(${by.sql}) AS DATE)`, type, at };
      return { sql: `CAST(${sql} ${operator} ${by.sql} AS DATE)`, type, at };
    case 'timestamp with time zone':
      if (by.type.base === 'interval day to second')
        return { sql: `{'i': ${sql}.i ${operator} ${by.sql}, 'z': ${sql}.z}`, type: withMilliseconds(type, by), at };
      return { sql: `trino_zoned(trino_local(${sql}) ${operator} ${by.sql}, ${sql}.z)`, type, at };
    default: {
      return { sql: `(${sql} ${operator} ${by.sql})`, type: withMilliseconds(type, by), at };
    }
  }
}

/** An interval of days has milliseconds, and so has what it is added to. */
function withMilliseconds(type: Type, by: Compiled): Type {
  return by.type.base === 'interval day to second' ? { ...type, precision: Math.max(3, type.precision ?? 3) } : type;
}

export function negate(value: Compiled, at: SqlPosition): Compiled {
  if (!isNumber(value.type) && !isInterval(value.type))
    throw new SqlError('TYPE_MISMATCH', `Cannot negate ${typeText(value.type)}`, at);
  return {
    sql: isInteger(value.type) ? `(-CAST(${value.sql} AS ${duckType(value.type)}))` : `(-(${value.sql}))`,
    type: value.type,
    at,
  };
}
