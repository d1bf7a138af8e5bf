import type { Json } from './json-value.ts';

const COMPARE: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** `{"numeric": [">", 0, "<=", 5]}`: one or two comparisons, all of which must hold. */
export function parseNumeric(argument: Json): (value: Json | undefined) => boolean {
  if (!Array.isArray(argument) || argument.length === 0) throw new Error('Value of numeric must be an array.');
  if (argument.length % 2 !== 0 || argument.length > 4)
    throw new Error('Bad numeric range operator: too many or too few elements');
  const tests: ((value: number) => boolean)[] = [];
  for (let i = 0; i < argument.length; i += 2) tests.push(comparison(argument[i], argument[i + 1]));
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function comparison(sign: Json | undefined, operand: Json | undefined): (value: number) => boolean {
  const compare = typeof sign === 'string' && Object.hasOwn(COMPARE, sign) ? COMPARE[sign] : undefined;
  if (!compare) throw new Error(`Unrecognized numeric range operator: ${String(sign)}`);
  if (typeof operand !== 'number') throw new Error('Value of numeric must be numeric');
  return (value) => compare(value, operand);
}
