import { type Compare, type Operator, parseOperator } from './condition-operators.ts';
import type { Lookup } from './pattern.ts';
import type { Condition } from './policy.ts';

export type Holds = (lookup: Lookup) => boolean;

/** Compiles one condition; its operator was checked when the policy was parsed. */
export function compileCondition({ operator: text, key, values }: Condition, hasVariables: boolean): Holds {
  const operator = parseOperator(text);
  if (!operator) throw new Error(`there is no condition operator ${text}`);
  const name = key.toLowerCase();
  if (operator.name === 'null') return isNull(name, values);
  const wanted = values.map((value) => operator.compile(value, hasVariables));
  return (lookup) => {
    const found = lookup(name);
    return found === undefined || found.length === 0 || (operator.set && isEmpty(found))
      ? holdsWithout(operator)
      : holdsFor(operator, found, wanted, lookup);
  };
}

/** `"Null": {"key": "true"}` holds when the request has no such key, or only an empty value of it. */
function isNull(key: string, values: string[]): Holds {
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  return (lookup) => wanted.has(String(isEmpty(lookup(key) ?? [])));
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
const isEmpty = (found: readonly string[]): boolean => found.every((value) => value === '');

function holdsWithout({ ifExists, set, negated }: Operator): boolean {
  if (set === 'ForAnyValue') return ifExists;
  return ifExists || set === 'ForAllValues' || negated;
}

function holdsFor({ negated, set }: Operator, found: readonly string[], wanted: Compare[], lookup: Lookup): boolean {
  const one = (value: string): boolean =>
    negated
      ? wanted.every((compare) => compare(value, lookup) === false)
      : wanted.some((compare) => compare(value, lookup));
  if (set === 'ForAllValues') return found.every(one);
  return set === 'ForAnyValue' || !negated ? found.some(one) : found.every(one);
}
