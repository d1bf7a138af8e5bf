import type { Expression } from '../syntax.ts';
import type { PartitionKey } from './partition-test.ts';
import type { ScanFilter } from './scan-scope.ts';

/** Glue's own limit: https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html */
const MAX_LENGTH = 2048;

/**
 * The conditions that Glue can test itself, so that not every partition is listed; undefined where there are none.
 * https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html#Glue-GetPartitions-request-Expression
 */
export function glueFilter(filters: readonly ScanFilter[], keys: readonly PartitionKey[]): string | undefined {
  const terms = filters.flatMap(({ term, columnOf }) => comparison(term, columnOf, keys) ?? []);
  let text = '';
  for (const term of terms) {
    const longer = text === '' ? term : `${text} AND ${term}`;
    if (longer.length <= MAX_LENGTH) text = longer;
  }
  return text || undefined;
}

function comparison(
  term: Expression,
  columnOf: ScanFilter['columnOf'],
  keys: readonly PartitionKey[],
): string | undefined {
  const column = (expression: Expression) => keys.find(({ name }) => name === columnOf(expression));
  if (term.type === 'binary-operation' && /^(=|<|<=|>|>=)$/.test(term.operator)) {
    const key = column(term.left);
    const value = key && literal(term.right, key);
    return value && `${key.name} ${term.operator} ${value}`;
  }
  if (term.type === 'between' && !term.negated) {
    const key = column(term.of);
    const [low, high] = key ? [literal(term.low, key), literal(term.high, key)] : [];
    return low && high ? `${key?.name} >= ${low} AND ${key?.name} <= ${high}` : undefined;
  }
  if (term.type === 'in' && !term.negated && term.items) {
    const key = column(term.of);
    const values = key ? term.items.map((item) => literal(item, key)) : [undefined];
    return values.includes(undefined) ? undefined : `${key?.name} IN (${values.join(', ')})`;
  }
  return undefined;
}

function literal(expression: Expression, { name, type }: PartitionKey): string | undefined {
  // A name that would have to be quoted is tested here instead.
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) return undefined;
  if (expression.type === 'string' && /^(string|varchar|char)/i.test(type)) return quoted(expression.value);
  if (expression.type === 'number' && /^(tinyint|smallint|int|integer|bigint)$/i.test(type)) {
    return /^\d{1,15}$/.test(expression.text) ? expression.text : undefined;
  }
  return undefined;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
