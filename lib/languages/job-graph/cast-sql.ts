/** Spark's casts, written for DuckDB: what cannot be cast becomes NULL, and a fraction is cut off, not rounded. */
import { duckdbType, isInteger, isNumber } from './column-type.ts';
import { quoteText } from './sql-text.ts';

/** Whether Spark and this lake cast between two types, with the same result. */
export function isCastable(from: string, to: string): boolean {
  if (from === to || from === 'string' || to === 'string') return true;
  const isTime = (type: string) => type === 'date' || type === 'timestamp';
  if (isTime(from) || isTime(to)) return isTime(from) && isTime(to);
  return from !== 'binary' && to !== 'binary';
}

export function castSql(expression: string, from: string, to: string): string {
  if (from === to) return expression;
  const type = duckdbType(to);
  if (from === 'string' && to === 'boolean') return textToBoolean(expression);
  if (from === 'string' && isInteger(to)) {
    return `TRY_CAST(regexp_extract(trim(${expression}), '^([+-]?\\d+)(\\.\\d*)?$', 1) AS ${type})`;
  }
  if (isInteger(to) && isNumber(from)) return `TRY_CAST(trunc(${expression}) AS ${type})`;
  return `TRY_CAST(${expression} AS ${type})`;
}

/** A constant of a filter, as text, with the type of the column that it is compared with. */
export function constantSql(text: string, type: string): string {
  return type === 'string' ? quoteText(text) : `CAST(${quoteText(text)} AS ${duckdbType(type)})`;
}

function textToBoolean(expression: string): string {
  const word = `lower(trim(${expression}))`;
  const isOne = (words: string[]) => `${word} IN (${words.map(quoteText).join(', ')})`;
  const yes = isOne(['true', 't', 'yes', 'y', '1']);
  const no = isOne(['false', 'f', 'no', 'n', '0']);
  return `CASE WHEN ${yes} THEN true WHEN ${no} THEN false END`;
}
