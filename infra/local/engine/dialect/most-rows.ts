import type { Expression, Query, QueryBody, Select } from '../../../../lib/languages/trino-sql/syntax.ts';
import { isAggregate } from './compile-call.ts';
import { holds } from './expression-compiler.ts';

/** How many rows a query can have at most, as far as its text alone tells; undefined where it does not. */
export function mostRows({ body, limit, withTies }: Query): number | undefined {
  const ofBody = rowsOf(body);
  const ofLimit = !withTies && limit?.type === 'number' ? Number(limit.text) : undefined;
  if (ofBody === undefined || ofLimit === undefined) return ofBody ?? ofLimit;
  return Math.min(ofBody, ofLimit);
}

function rowsOf(body: QueryBody): number | undefined {
  switch (body.type) {
    case 'select':
      return isOneRow(body.select) ? 1 : undefined;
    case 'values':
      return body.rows.length;
    case 'query':
      return mostRows(body.query);
    case 'set': {
      const [left, right] = [rowsOf(body.left), rowsOf(body.right)];
      if (body.operator !== 'UNION') return left;
      return left === undefined || right === undefined ? undefined : left + right;
    }
    case 'table':
      return undefined;
  }
}

/** Without a table there is one row; an aggregate without groups makes one of all. */
function isOneRow({ from, items, groupBy }: Select): boolean {
  if (groupBy !== undefined) return false;
  const expressions = items.flatMap((item): Expression[] => (item.type === 'expression' ? [item.expression] : []));
  return from === undefined || expressions.some((expression) => holds(expression, isAggregate));
}
