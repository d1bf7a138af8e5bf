import { SqlError, type SqlPosition } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { Expression, TypeName } from '../../../../lib/languages/trino-sql/syntax.ts';
import { resolveType } from '../../../../lib/languages/trino-sql/type-name.ts';
import {
  DATE,
  DAY_TO_SECOND,
  decimal,
  JSON_TYPE,
  type Type,
  timestamp,
  varchar,
  YEAR_TO_MONTH,
  zoned,
} from '../../../../lib/languages/trino-sql/types.ts';
import { type Compiled, quoteText } from './compiled.ts';
import { cast } from './convert.ts';

function invalid(text: string, kind: string, at: SqlPosition): SqlError {
  return new SqlError('INVALID_LITERAL', `'${text}' is not a valid ${kind} literal`, at);
}

/** `DATE '2024-01-15'` and its like. What is wrong in one is said at once, with its place. */
export function typedLiteral(name: TypeName, value: string, at: SqlPosition): Compiled {
  switch (name.name) {
    case 'date':
      if (!isDate(value)) throw invalid(value, 'DATE', at);
      return { sql: `CAST(${quoteText(value.trim())} AS DATE)`, type: DATE, at };
    case 'timestamp':
      return timestampLiteral(value, at);
    case 'time': {
      const match = /^\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6}))?)?\s*$/.exec(value);
      if (!match || Number(match[1]) > 23 || Number(match[2]) > 59) throw invalid(value, 'TIME', at);
      const clock = `${match[1]}:${match[2]}:${match[3] ?? '00'}${match[4] ? `.${match[4]}` : ''}`;
      return { sql: `CAST('${clock}' AS TIME)`, type: { base: 'time', precision: match[4]?.length ?? 0 }, at };
    }
    case 'decimal': {
      const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?\s*$/.exec(value);
      if (!match) throw new SqlError('INVALID_LITERAL', `'${value}' is not a valid DECIMAL literal`, at);
      const scale = match[3]?.length ?? 0;
      const type = decimal(Math.max((match[2] ?? '').replace(/^0+/, '').length + scale, 1), scale);
      return { sql: `CAST(${quoteText(value.trim())} AS DECIMAL(${type.precision}, ${scale}))`, type, at };
    }
    case 'json': {
      const text = varcharLiteral(value, at);
      return { sql: `trino_json_parse(${text.sql})`, type: JSON_TYPE, at };
    }
    case 'char':
      return { sql: quoteText(value), type: { base: 'char', length: Math.max(1, value.length) }, at };
    default: {
      const to = resolveType(name);
      return { sql: cast(varcharLiteral(value, at), to), type: to, at };
    }
  }
}

function varcharLiteral(value: string, at: SqlPosition): Compiled {
  return { sql: quoteText(value), type: varchar(value.length), at, literal: value };
}

function isDate(text: string): boolean {
  const match = /^\s*(\d{4,})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const TIMESTAMP = /^\s*(\d{4,}-\d{1,2}-\d{1,2})(?: (\d{1,2}:\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?)?(?:\s*(\S+))?\s*$/;

function timestampLiteral(value: string, at: SqlPosition): Compiled {
  const match = TIMESTAMP.exec(value);
  const [, date = '', clock, second, fraction = '', zone] = match ?? [];
  if (!match || !isDate(date) || (clock && !/^(?:[01]?\d|2[0-3]):[0-5]?\d$/.test(clock)) || Number(second ?? 0) > 59)
    throw invalid(value, 'TIMESTAMP', at);
  if (fraction.length > 6)
    throw new SqlError('NOT_SUPPORTED', 'Timestamps are kept to the microsecond by the local engine', at);
  const sql = `CAST('${date} ${clock ?? '00:00'}:${second ?? '00'}.${fraction || '0'}' AS TIMESTAMP)`;
  if (!zone) return { sql, type: timestamp(fraction.length), at };
  if (!isZone(zone)) throw invalid(value, 'TIMESTAMP', at);
  return { sql: `trino_zoned(${sql}, trino_zone(${quoteText(zone)}))`, type: zoned(fraction.length), at };
}

function isZone(zone: string): boolean {
  try {
    return /^[+-]\d{2}:\d{2}$/.test(zone) || Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

const MILLISECONDS: Record<string, number> = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000 };
const UNITS = ['day', 'hour', 'minute', 'second'];

export function intervalLiteral(expression: Expression & { type: 'interval' }, at: SqlPosition): Compiled {
  const { value, from, to, sign } = expression;
  const type: Type = from === 'year' || from === 'month' ? YEAR_TO_MONTH : DAY_TO_SECOND;
  const amount = type === YEAR_TO_MONTH ? months(value, from, to) : milliseconds(value, from, to);
  if (amount === undefined) throw new SqlError('INVALID_LITERAL', `'${value}' is not a valid INTERVAL literal`, at);
  const signed = amount * sign;
  return { sql: type === YEAR_TO_MONTH ? `to_months(${signed})` : `to_milliseconds(${signed})`, type, at };
}

function months(value: string, from: string, to: string | undefined): number | undefined {
  const pair = /^\s*([+-]?)(\d+)-(\d+)\s*$/.exec(value);
  if (to === 'month' && from === 'year' && pair)
    return (pair[1] === '-' ? -1 : 1) * (Number(pair[2]) * 12 + Number(pair[3]));
  if (!/^\s*[+-]?\d+\s*$/.test(value)) return undefined;
  return Number(value) * (from === 'year' ? 12 : 1);
}

function milliseconds(value: string, from: string, to: string | undefined): number | undefined {
  const text = value.trim();
  if (!to) {
    const isNumber = from === 'second' ? /^[+-]?\d+(\.\d{1,3})?$/.test(text) : /^[+-]?\d+$/.test(text);
    return isNumber ? Math.round(Number(text) * (MILLISECONDS[from] as number)) : undefined;
  }
  const negative = text.startsWith('-');
  const parts = text.replace(/^[+-]/, '').split(/[ :]/);
  const units = UNITS.slice(UNITS.indexOf(from), UNITS.indexOf(to) + 1);
  if (parts.length > units.length || !parts.every((part) => /^\d+(\.\d{1,3})?$/.test(part))) return undefined;
  const total = parts.reduce(
    (sum, part, index) => sum + Number(part) * (MILLISECONDS[units[index] as string] as number),
    0,
  );
  return Math.round(negative ? -total : total);
}
