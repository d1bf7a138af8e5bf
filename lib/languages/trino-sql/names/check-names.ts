import { childrenOf } from '../format-expression.ts';
import { isKnownFunction } from '../functions/known-functions.ts';
import { parseStatement } from '../parse-statement.ts';
import { parseQuery } from '../query-parser.ts';
import { SqlError } from '../sql-error.ts';
import type { Expression, GroupingElement, Identifier, Query, QueryBody, Select, SelectItem } from '../syntax.ts';
import { unknownFunction, unresolvedColumn, unresolvedRelation } from './name-errors.ts';
import { EMPTY_SCOPE, isCallable, isNamed, type NameScope } from './name-scope.ts';
import { RelationNames } from './relation-names.ts';

/** The columns of a table in lower case, its partition columns too; undefined where they are not known. */
export type KnownColumns = (name: { catalog?: string; schema?: string; name: string }) => readonly string[] | undefined;

/** The columns that a query gives; undefined where they cannot be told. */
type Outputs = readonly string[] | undefined;

/**
 * Finds the columns, aliases and functions of a statement that nothing has, as far as that is certain: what is not known
 * – a table that is not there, fields of rows, functions over rows – may have any name. Each with what Athena says of it.
 */
export function checkNames(sql: string, columnsOf: KnownColumns): SqlError[] {
  const query = queryIn(sql);
  if (!query) return [];
  const checker = new NameChecker(columnsOf);
  checker.query(query, undefined, new Map());
  return checker.errors;
}

/** The query of a statement, at its own place; none where it cannot be read, which is told elsewhere. */
function queryIn(sql: string): Query | undefined {
  try {
    const statement = parseStatement(sql);
    if (statement.type === 'SELECT') return parseQuery(sql);
    // What these hold has lost its place.
    if (!('query' in statement) || statement.type === 'PREPARE' || statement.type === 'CREATE_VIEW') return undefined;
    return parseQuery(statement.query);
  } catch (error) {
    if (error instanceof SqlError) return undefined;
    throw error;
  }
}

export class NameChecker {
  readonly errors: SqlError[] = [];
  readonly columnsOf: KnownColumns;

  constructor(columnsOf: KnownColumns) {
    this.columnsOf = columnsOf;
  }

  query(query: Query, outer: NameScope | undefined, around: ReadonlyMap<string, Outputs>): Outputs {
    const named = new Map(around);
    for (const { name, columns, query: body } of query.with) {
      const given = columns?.map(lower);
      const key = lower(name);
      // A query that names itself: its columns are those that it says, or unknown.
      const inside = query.recursive ? new Map(named).set(key, given) : named;
      const outputs = this.query(body, outer, inside);
      named.set(key, given ?? outputs);
    }
    if (query.body.type === 'select') return this.#select(query.body.select, query, outer, named);
    const outputs = this.#body(query.body, outer, named);
    for (const { by } of query.orderBy) {
      this.visit(by, { relations: [{ path: [], columns: outputs }], words: new Set(), outer }, named);
    }
    return outputs;
  }

  #body(body: QueryBody, outer: NameScope | undefined, named: ReadonlyMap<string, Outputs>): Outputs {
    switch (body.type) {
      case 'select':
        return this.#select(body.select, undefined, outer, named);
      case 'query':
        return this.query(body.query, outer, named);
      case 'table':
        return allColumns(new RelationNames(this, outer, named).table(body.name).map(({ columns }) => columns));
      case 'values': {
        for (const row of body.rows) this.visit(row, { ...EMPTY_SCOPE, outer }, named);
        const [first] = body.rows;
        return first?.type === 'row' ? first.items.map(() => '') : undefined;
      }
      case 'set': {
        const left = this.#body(body.left, outer, named);
        this.#body(body.right, outer, named);
        return left;
      }
    }
  }

  #select(
    select: Select,
    query: Query | undefined,
    outer: NameScope | undefined,
    named: ReadonlyMap<string, Outputs>,
  ): Outputs {
    const relations = select.from ? new RelationNames(this, outer, named).of(select.from, outer) : [];
    const scope: NameScope = { relations, words: new Set(), outer };
    const outputs = select.items.map((item) => this.#outputs(item, scope, named));
    const inside = [
      select.where,
      select.having,
      ...(select.groupBy?.elements ?? []).flatMap(expressionsOf),
      ...select.windows.flatMap(({ window }) => [...window.partitionBy, ...window.orderBy.map(({ by }) => by)]),
    ];
    for (const expression of inside) if (expression) this.visit(expression, scope, named);
    const all = allColumns(outputs);
    const ordered: NameScope = all
      ? { ...scope, words: new Set(all) }
      : { ...scope, relations: [...relations, { path: [], columns: undefined }] };
    for (const { by } of query?.orderBy ?? []) this.visit(by, ordered, named);
    return all;
  }

  #outputs(item: SelectItem, scope: NameScope, named: ReadonlyMap<string, Outputs>): Outputs {
    if (item.type === 'expression') {
      this.visit(item.expression, scope, named);
      return [item.alias ? lower(item.alias) : (partsOf(item.expression)?.map(lower).at(-1) ?? '')];
    }
    const aliases = item.aliases?.map(lower);
    if (!item.of) return aliases ?? allColumns(scope.relations.map(({ columns }) => columns));
    const parts = partsOf(item.of)?.map(lower);
    if (!parts) this.visit(item.of, scope, named);
    else if (!isCallable(parts, scope)) this.errors.push(unresolvedRelation(parts.join('.'), item.of.at));
    if (aliases) return aliases;
    const own = scope.relations.filter(({ path }) => parts?.length === 1 && path[0] === parts[0]);
    return own.length > 0 ? allColumns(own.map(({ columns }) => columns)) : undefined;
  }

  visit(expression: Expression, scope: NameScope, named: ReadonlyMap<string, Outputs>): void {
    const parts = partsOf(expression);
    if (parts) {
      if (!isNamed(parts.map(lower), scope)) this.errors.push(unresolvedColumn(written(parts), expression.at));
      return;
    }
    if (expression.type === 'lambda') {
      const words = new Set(expression.parameters.map(lower));
      this.visit(expression.body, { relations: [], words, outer: scope }, named);
      return;
    }
    if (expression.type === 'call') this.#function(expression.call.name, expression.at);
    const query = queryOf(expression);
    if (query) this.query(query, scope, named);
    const children = expression.type === 'grouping' ? expression.columns : childrenOf(expression);
    for (const child of children) this.visit(child, scope, named);
  }

  /** A function of a catalog, `udf.f(x)`, is not known here. */
  #function(name: readonly Identifier[], at: Expression['at']): void {
    const [only] = name;
    if (name.length === 1 && only && !isKnownFunction(lower(only))) this.errors.push(unknownFunction(lower(only), at));
  }
}

/** Of several lists one, where all are known. */
function allColumns(lists: readonly Outputs[]): Outputs {
  const known = lists.filter((list) => list !== undefined);
  return known.length === lists.length ? known.flat() : undefined;
}

function queryOf(expression: Expression): Query | undefined {
  switch (expression.type) {
    case 'subquery':
    case 'exists':
    case 'quantified':
    case 'in':
      return expression.query;
    default:
      return undefined;
  }
}

function expressionsOf(element: GroupingElement): Expression[] {
  return element.type === 'sets' ? element.sets.flat() : element.expressions.flat();
}

/** `a`, `t.a`, `t.a.b`: the names of a column; undefined for what is none. */
function partsOf(expression: Expression): Identifier[] | undefined {
  if (expression.type === 'column') return [expression.name];
  if (expression.type !== 'field') return undefined;
  const before = partsOf(expression.of);
  return before && [...before, expression.name];
}

function written(parts: readonly Identifier[]): string {
  return parts.map(({ name, quoted }) => (quoted ? name : name.toLowerCase())).join('.');
}

const lower = ({ name }: Identifier): string => name.toLowerCase();
