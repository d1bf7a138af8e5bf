import { parseOperator } from './condition-operators.ts';
import { type Condition, PolicyError } from './policy.ts';

/** Reads `{ StringLike: { "s3:prefix": ["a*"] } }`; an operator that does not exist is refused, as AWS does. */
export function readConditions(value: unknown, path: string): Condition[] {
  if (value === undefined) return [];
  return entries(value, path).flatMap(([operator, keys]) => {
    if (!parseOperator(operator)) throw new PolicyError(`${path}.${operator}`, `invalid Condition type : ${operator}.`);
    return entries(keys, `${path}.${operator}`).map(([key, values]) => ({
      operator,
      key,
      values: conditionValues(values, `${path}.${operator}.${key}`),
    }));
  });
}

function entries(value: unknown, path: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PolicyError(path, 'must be a JSON object');
  return Object.entries(value);
}

function conditionValues(value: unknown, path: string): string[] {
  return (Array.isArray(value) ? value : [value]).map((item) => {
    if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean') return String(item);
    throw new PolicyError(path, 'must be text, a number or a boolean, or a list of them');
  });
}
