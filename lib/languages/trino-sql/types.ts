/**
 * Trino's types and what it does with them: https://trino.io/docs/current/language/types.html
 * Lengths, precisions and scales are part of a type here, as they are in Trino.
 */
export interface Type {
  /** `bigint`, `varchar`, `timestamp with time zone`, … */
  base: string;
  /** Of a varchar (undefined: unbounded) or a char. */
  length?: number;
  /** Of a decimal, or of the second of a time or timestamp. */
  precision?: number;
  scale?: number;
  /** Of an array one, of a map two, of a row one for each field. */
  of?: Type[];
  /** Of a row's fields; '' where there is none. */
  names?: string[];
}

export const simple = (base: string): Type => ({ base });
export const BOOLEAN = simple('boolean');
export const INTEGER = simple('integer');
export const BIGINT = simple('bigint');
export const DOUBLE = simple('double');
export const DATE = simple('date');
export const JSON_TYPE = simple('json');
export const VARBINARY = simple('varbinary');
export const UNKNOWN = simple('unknown');
export const VARCHAR: Type = { base: 'varchar' };
export const DAY_TO_SECOND = simple('interval day to second');
export const YEAR_TO_MONTH = simple('interval year to month');
export const varchar = (length?: number): Type => (length === undefined ? VARCHAR : { base: 'varchar', length });
export const decimal = (precision: number, scale: number): Type => ({ base: 'decimal', precision, scale });
export const timestamp = (precision: number): Type => ({ base: 'timestamp', precision });
export const zoned = (precision: number): Type => ({ base: 'timestamp with time zone', precision });
export const arrayOf = (item: Type): Type => ({ base: 'array', of: [item] });
export const mapOf = (key: Type, value: Type): Type => ({ base: 'map', of: [key, value] });
export const rowOf = (of: Type[], names: string[] = of.map(() => '')): Type => ({ base: 'row', of, names });

const INTEGERS = ['tinyint', 'smallint', 'integer', 'bigint'];
const INTEGER_DIGITS: Record<string, number> = { tinyint: 3, smallint: 5, integer: 10, bigint: 19 };

export const isInteger = (type: Type): boolean => INTEGERS.includes(type.base);
export const isFloat = (type: Type): boolean => type.base === 'real' || type.base === 'double';
export const isNumber = (type: Type): boolean => isInteger(type) || isFloat(type) || type.base === 'decimal';
export const isText = (type: Type): boolean => type.base === 'varchar' || type.base === 'char';
export const isInterval = (type: Type): boolean => type.base.startsWith('interval');

/** As Trino writes it in messages and in `typeof`. */
export function typeText(type: Type): string {
  switch (type.base) {
    case 'varchar':
      return type.length === undefined ? 'varchar' : `varchar(${type.length})`;
    case 'char':
      return `char(${type.length})`;
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'time':
    case 'timestamp':
      return `${type.base}(${type.precision})`;
    case 'time with time zone':
    case 'timestamp with time zone':
      return type.base.replace(' ', `(${type.precision}) `);
    case 'array':
    case 'map':
      return `${type.base}(${(type.of ?? []).map(typeText).join(', ')})`;
    case 'function':
      return `function(${(type.of ?? []).map(typeText).join(',')})`;
    case 'row':
      return `row(${(type.of ?? []).map((field, index) => [fieldName(type, index), typeText(field)].filter(Boolean).join(' ')).join(', ')})`;
    default:
      return type.base;
  }
}

function fieldName(row: Type, index: number): string {
  const name = row.names?.[index] ?? '';
  return name === '' || /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name}"`;
}

export function sameType(left: Type, right: Type): boolean {
  return typeText(left) === typeText(right);
}

/** The decimal that an integer becomes where it meets one. */
export function asDecimal(type: Type): Type {
  return type.base === 'decimal' ? type : decimal(INTEGER_DIGITS[type.base] ?? 38, 0);
}

/** The type that both can be read as without being asked; undefined where Trino knows none. */
export function commonType(left: Type, right: Type): Type | undefined {
  if (sameType(left, right)) return left;
  if (left.base === 'unknown') return right;
  if (right.base === 'unknown') return left;
  if (left.base === right.base) return commonOfSame(left, right);
  return commonOfOrdered(left, right) ?? commonOfOrdered(right, left);
}

function commonOfSame(left: Type, right: Type): Type | undefined {
  switch (left.base) {
    case 'varchar':
      return varchar(
        left.length === undefined || right.length === undefined ? undefined : Math.max(left.length, right.length),
      );
    case 'char':
      return { base: 'char', length: Math.max(left.length ?? 1, right.length ?? 1) };
    case 'decimal':
      return widerDecimal(left, right);
    case 'row': {
      if (left.of?.length !== right.of?.length) return undefined;
      const fields = (left.of ?? []).map((field, index) => commonType(field, (right.of as Type[])[index] as Type));
      if (fields.includes(undefined)) return undefined;
      const names = (left.names ?? []).map((name, index) => (name === right.names?.[index] ? name : ''));
      return rowOf(fields as Type[], names);
    }
    case 'array':
    case 'map': {
      const parts = (left.of ?? []).map((part, index) => commonType(part, (right.of as Type[])[index] as Type));
      return parts.includes(undefined) ? undefined : { base: left.base, of: parts as Type[] };
    }
    default:
      return left.precision === undefined
        ? undefined
        : { base: left.base, precision: Math.max(left.precision, right.precision ?? 0) };
  }
}

function widerDecimal(left: Type, right: Type): Type {
  const scale = Math.max(left.scale ?? 0, right.scale ?? 0);
  const whole = Math.max((left.precision ?? 0) - (left.scale ?? 0), (right.precision ?? 0) - (right.scale ?? 0));
  return decimal(Math.min(38, whole + scale), scale);
}

/** `from` as something wider that `to` is too. */
function commonOfOrdered(from: Type, to: Type): Type | undefined {
  if (isInteger(from) && isInteger(to)) return INTEGERS.indexOf(from.base) < INTEGERS.indexOf(to.base) ? to : undefined;
  if (isInteger(from) && to.base === 'decimal') return widerDecimal(asDecimal(from), to);
  if ((isInteger(from) || from.base === 'decimal') && isFloat(to)) return to;
  if (from.base === 'real' && to.base === 'double') return to;
  if (from.base === 'varchar' && to.base === 'char') {
    if (from.length === undefined) return VARCHAR;
    return { base: 'char', length: Math.min(65_536, Math.max(from.length, to.length ?? 1)) };
  }
  if (from.base === 'date' && to.base.startsWith('timestamp')) return to;
  if (from.base === 'timestamp' && to.base === 'timestamp with time zone')
    return zoned(Math.max(from.precision ?? 3, to.precision ?? 3));
  if (from.base === 'time' && to.base === 'time with time zone')
    return { base: to.base, precision: Math.max(from.precision ?? 3, to.precision ?? 3) };
  return undefined;
}

/** Whether a value of `from` may stand where `to` is wanted. */
export function canCoerce(from: Type, to: Type): boolean {
  const common = commonType(from, to);
  if (common === undefined) return false;
  if (to.base === 'row')
    return sameType({ ...common, names: [] }, { ...to, names: [] }) || sameType(nameless(common), nameless(to));
  return sameType(nameless(common), nameless(to));
}

function nameless(type: Type): Type {
  return type.of ? { ...type, names: type.of.map(() => ''), of: type.of.map(nameless) } : type;
}

export function isComparable(type: Type): boolean {
  if (type.base === 'json') return true;
  return (type.of ?? []).every(isComparable) && type.base !== 'function';
}

export function isOrderable(type: Type): boolean {
  if (['json', 'map', 'function'].includes(type.base)) return false;
  return (type.of ?? []).every(isOrderable);
}
