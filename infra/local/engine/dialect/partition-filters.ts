import type { Expression } from '../../../../lib/languages/trino-sql/syntax.ts';
import { EXACT } from './decimals.ts';
import { type ExpressionCompiler, partsOf } from './expression-compiler.ts';
import type { Scan } from './query-compiler.ts';

/**
 * Finds the conditions of a WHERE that look at nothing but columns of one table: the ones on its partition columns are
 * what its partitions are pruned by. Which columns those are is not known here; the columns that a condition uses are.
 */
export function partitionFilters(where: Expression, scan: Scan, around: ExpressionCompiler): void {
  const compiler = around.in({ decimals: EXACT });
  for (const term of terms(where)) {
    const columns = new Set<string>();
    if (!usesOnly(term, scan, compiler, columns)) continue;
    const { sql, type } = compiler.compile(term);
    if (type.base === 'boolean') scan.filters.push(sql);
    literalValues(term, scan, compiler);
  }
}

function terms(where: Expression): Expression[] {
  return where.type === 'logical' && where.operator === 'AND' ? where.terms.flatMap(terms) : [where];
}

const MOVING = /\b(?:get_current_timestamp|random|uuid)\(/;

function usesOnly(term: Expression, scan: Scan, compiler: ExpressionCompiler, columns: Set<string>): boolean {
  if (['subquery', 'exists', 'quantified'].includes(term.type) || (term.type === 'in' && term.query)) return false;
  const { sql } = compiler.compile(term);
  if (/\bSELECT\b/.test(sql) || MOVING.test(sql.replaceAll('get_current_timestamp(', ''))) return false;
  const used = [...sql.matchAll(/\b(r\d+)\.("(?:[^"]|"")*"|c\d+)/g)];
  for (const [, alias, column] of used) {
    if (alias !== scan.alias) return false;
    columns.add(column as string);
  }
  return columns.size > 0;
}

/** `dt = 'x'` and `dt IN ('x', 'y')`: the values that a partition column can have. */
function literalValues(term: Expression, scan: Scan, compiler: ExpressionCompiler): void {
  const found = equality(term);
  if (!found) return;
  const column = /^(r\d+)\."((?:[^"]|"")*)"$/.exec(compiler.compile(found.column).sql);
  if (column?.[1] !== scan.alias) return;
  scan.values.set(column[2] as string, found.values);
}

function equality(term: Expression): { column: Expression; values: string[] } | undefined {
  if (term.type === 'in' && !term.negated && term.items && partsOf(term.of)) {
    const values = term.items.map(literal);
    return values.includes(undefined) ? undefined : { column: term.of, values: values as string[] };
  }
  if (term.type === 'binary-operation' && term.operator === '=') {
    const [column, value] = partsOf(term.left) ? [term.left, term.right] : [term.right, term.left];
    const text = literal(value);
    return partsOf(column) && text !== undefined ? { column, values: [text] } : undefined;
  }
  if (term.type === 'logical' && term.operator === 'OR') {
    const sides = term.terms.map(equality);
    const [first] = sides;
    if (
      !first ||
      !sides.every((side) => side && partsOf(side.column)?.at(-1)?.name === partsOf(first.column)?.at(-1)?.name)
    )
      return undefined;
    return { column: first.column, values: sides.flatMap((side) => side?.values ?? []) };
  }
  return undefined;
}

function literal(expression: Expression): string | undefined {
  if (expression.type === 'string' || expression.type === 'typed') return expression.value;
  return expression.type === 'number' ? expression.text : undefined;
}
