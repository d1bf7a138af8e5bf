import { AppError } from '@/lib/errors';
import { literalOf } from '@/lib/query/parameters';
import { type ParameterType, QueryParameter } from '@/lib/query/saved/parameters';

const EXPECTED: Record<ParameterType, string> = {
  text: 'a text of at most 1,022 characters, in which a quote counts twice',
  integer: 'a whole number of 64 bits, as 42',
  decimal: 'a decimal number, as 12.50',
  date: 'a day, as 2026-11-25',
  timestamp: 'a moment without a zone, as 2026-11-25T14:03:00',
  boolean: 'true or false',
};

/** Reads what a caller gave, as SQL literals for each `?`. Throws INVALID, naming the parameter that is wrong. */
export function readValues(parameters: readonly QueryParameter[], given: Readonly<Record<string, string>>): string[] {
  const names = [...new Set(parameters.map(({ name }) => name))];
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const known = names.length > 0 ? `It has ${names.join(', ')}.` : 'It has none.';
    throw wrong(unknown.slice(0, 100), `is not a parameter of this query. ${known}`);
  }
  return parameters.map((parameter) => readValue(parameter, given));
}

function readValue({ name, type, default: preset }: QueryParameter, given: Readonly<Record<string, string>>): string {
  const value = Object.hasOwn(given, name) ? given[name] : preset;
  if (value === undefined) throw wrong(name, `must be given: ${EXPECTED[type]}.`);
  // A value is what a default may be.
  const isValue = QueryParameter.safeParse({ name, type, default: value }).success;
  const literal = isValue ? toLiteral(type, value) : undefined;
  if (literal === undefined) throw wrong(name, `must be ${EXPECTED[type]}.`);
  return literal;
}

/** Of a type of its own where the number's text alone would be read as another. */
function toLiteral(type: ParameterType, value: string): string | undefined {
  if (type === 'integer') return BigInt(value.replace('+', '')).toString();
  return type === 'decimal' ? `DECIMAL '${value}'` : literalOf({ type, text: value });
}

function wrong(parameter: string, what: string): AppError {
  return new AppError('INVALID', `The parameter “${parameter}” ${what}`, { details: { parameter } });
}
