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
    const found = lookup(name) ?? [];
    return found.length === 0 ? holdsWithout(operator) : holdsFor(operator, found, wanted, lookup);
  };
}

/** `"Null": {"key": "true"}` holds when the request has no such key. */
function isNull(key: string, values: string[]): Holds {
  const wantsAbsence = values.some((value) => value.toLowerCase() === 'true');
  return (lookup) => ((lookup(key) ?? []).length === 0) === wantsAbsence;
}

function holdsWithout({ ifExists, set, negated }: Operator): boolean {
  if (set === 'ForAnyValue') return ifExists;
  return ifExists || set === 'ForAllValues' || negated;
}

function holdsFor({ negated, set }: Operator, found: readonly string[], wanted: Compare[], lookup: Lookup): boolean {
  const one = (value: string) => wanted.some((compare) => compare(value, lookup)) !== negated;
  return set === 'ForAllValues'
    ? found.every(one)
    : set === 'ForAnyValue' || !negated
      ? found.some(one)
      : found.every(one);
}
