import type { Expression } from '../syntax.ts';
import type { ScanFilter } from './scan-scope.ts';

/**
 * The values that conditions name for a column: `dt = 'x'`, `dt IN ('x', 'y')`, `dt = 'x' OR dt = 'y'`; undefined where
 * none does, or by more than literals.
 */
export function namedValues(filters: readonly ScanFilter[]): (column: string) => string[] | undefined {
  const found = filters.map((filter) => equality(filter.term, filter.columnOf));
  return (column) => found.findLast((each) => each?.column === column)?.values;
}

function equality(
  term: Expression,
  columnOf: ScanFilter['columnOf'],
): { column: string; values: string[] } | undefined {
  if (term.type === 'in' && !term.negated && term.items) return listed(columnOf(term.of), term.items.map(literal));
  if (term.type === 'binary-operation' && term.operator === '=') {
    const left = columnOf(term.left);
    return left === undefined
      ? listed(columnOf(term.right), [literal(term.left)])
      : listed(left, [literal(term.right)]);
  }
  if (term.type === 'logical' && term.operator === 'OR') {
    const sides = term.terms.map((side) => equality(side, columnOf));
    const column = sides[0]?.column;
    if (!sides.every((side) => side?.column === column)) return undefined;
    return listed(
      column,
      sides.flatMap((side) => side?.values),
    );
  }
  return undefined;
}

function listed(column: string | undefined, values: (string | undefined)[]) {
  const known = values.filter((value) => value !== undefined);
  return column !== undefined && known.length === values.length ? { column, values: known } : undefined;
}

function literal(expression: Expression): string | undefined {
  if (expression.type === 'string' || expression.type === 'typed') return expression.value;
  return expression.type === 'number' ? expression.text : undefined;
}
