import { formatExpression } from '../../../../lib/languages/trino-sql/format-expression.ts';
import { unresolvedRelation } from '../../../../lib/languages/trino-sql/names/name-errors.ts';
import { SqlError, type SqlPosition } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type {
  Expression,
  GroupingElement,
  Identifier,
  Select,
  SelectItem,
  SortItem,
  Window,
} from '../../../../lib/languages/trino-sql/syntax.ts';
import { isComparable, typeText } from '../../../../lib/languages/trino-sql/types.ts';
import { isAggregate } from './compile-call.ts';
import type { Compiled } from './compiled.ts';
import { fieldOf } from './duck-type.ts';
import { type CompiledQuery, type ExpressionCompiler, holds, type Place, partsOf } from './expression-compiler.ts';
import { sortKey } from './operators.ts';
import { partitionFilters } from './partition-filters.ts';
import { byPosition, checkGrouped } from './query-compiler.ts';
import type { CompiledRelation, RelationCompiler } from './relation-compiler.ts';
import { type Field, Scope } from './scope.ts';

interface Item {
  name: string | undefined;
  relation?: string[] | undefined;
  /** Undefined for a column that `*` stands for. */
  expression?: Expression;
  compiled: Compiled;
}

/** Compiles one SELECT. */
export class SelectCompiler {
  readonly #relations: RelationCompiler;

  constructor(relations: RelationCompiler) {
    this.#relations = relations;
  }

  select(
    select: Select,
    at: SqlPosition,
    outer: Scope | undefined,
    orderBy: SortItem[],
    limit: string,
    ties?: Expression,
  ): CompiledQuery {
    const from = select.from && this.#relations.compile(select.from, outer);
    const scope = new Scope(from?.fields ?? [], outer);
    const windows = new Map(
      select.windows.map(({ name, window }): [string, Window] => [name.name.toLowerCase(), window]),
    );
    const compiler = this.#relations.expressions(scope).in({ windows, selectAt: at });
    const where = select.where && this.#where(select.where, compiler, from);
    const isGrouped = select.groupBy !== undefined || select.having !== undefined || this.#aggregates(select, orderBy);
    const group = select.groupBy && this.#groupBy(select, compiler, from);
    if (isGrouped) scope.uses = [];
    const grouped = isGrouped ? compiler.in({ groups: new Set(group?.expressions ?? []) }) : compiler;
    const items = this.#items(select, grouped, from);
    const having = select.having && this.#having(select.having, grouped);
    const order = this.#orderBy(orderBy, items, select, grouped, at, ties !== undefined);
    const tail = [
      from ? ` FROM ${from.sql}` : '',
      where ? ` WHERE ${where}` : '',
      group ? ` GROUP BY ${group.sql}` : '',
      having ? ` HAVING ${having}` : '',
    ].join('');
    if (select.distinct) this.#checkDistinct(select);
    const columns = items.map(({ name, compiled, relation }) => ({ name, type: compiled.type, relation }));
    const list = items.map(({ compiled }, index) => `${compiled.sql} AS c${index}`);
    if (ties?.type === 'number') {
      const ranked = `SELECT ${list.join(', ')}, rank() OVER (${order.trim()}) AS ranked${tail}`;
      return {
        sql: `SELECT ${items.map((_, index) => `c${index}`).join(', ')} FROM (${ranked}) AS s WHERE ranked <= ${ties.text} ORDER BY ranked${limit}`,
        columns,
      };
    }
    return { sql: `SELECT ${select.distinct ? 'DISTINCT ' : ''}${list.join(', ')}${tail}${order}${limit}`, columns };
  }

  #where(where: Expression, compiler: ExpressionCompiler, from: CompiledRelation | undefined): string {
    const inside = compiler.in({ noAggregates: 'WHERE clause', noWindows: 'WHERE clause', clauseAt: where.at });
    const { sql, type } = inside.compile(where);
    if (type.base !== 'boolean' && type.base !== 'unknown')
      throw new SqlError(
        'TYPE_MISMATCH',
        `WHERE clause must evaluate to a boolean: actual type ${typeText(type)}`,
        where.at,
      );
    for (const scan of from?.scans ?? []) partitionFilters(where, scan, inside);
    return type.base === 'unknown' ? 'false' : sql;
  }

  #aggregates(select: Select, orderBy: SortItem[]): boolean {
    const expressions = [
      ...select.items.flatMap((item) => (item.type === 'expression' ? [item.expression] : [])),
      ...orderBy.map((item) => item.by),
    ];
    return expressions.some((expression) => holds(expression, isAggregate));
  }

  #groupBy(
    select: Select,
    compiler: ExpressionCompiler,
    from: CompiledRelation | undefined,
  ): { sql: string; expressions: string[] } {
    const inside = compiler.in({ noAggregates: 'GROUP BY clause', noWindows: 'GROUP BY clause' });
    const expressions: string[] = [];
    const one = (expression: Expression): string => {
      const compiled = this.#groupItem(expression, select, inside, from);
      if (!isComparable(compiled.type))
        throw new SqlError(
          'TYPE_MISMATCH',
          `${typeText(compiled.type)} is not comparable, and therefore cannot be used in GROUP BY`,
          expression.at,
        );
      expressions.push(compiled.sql);
      return compiled.sql;
    };
    const set = (list: Expression[]) => `(${list.map(one).join(', ')})`;
    const element = (each: GroupingElement): string => {
      switch (each.type) {
        case 'simple':
          return each.expressions.length === 0 ? '()' : each.expressions.map(one).join(', ');
        case 'sets':
          return `GROUPING SETS (${each.sets.map(set).join(', ')})`;
        default:
          return `${each.type.toUpperCase()} (${each.expressions.map((list) => (list.length === 1 ? one(list[0] as Expression) : set(list))).join(', ')})`;
      }
    };
    return { sql: (select.groupBy?.elements ?? []).map(element).join(', '), expressions };
  }

  /** `GROUP BY 2` is the second item; what a constant is otherwise does not group. */
  #groupItem(
    expression: Expression,
    select: Select,
    compiler: ExpressionCompiler,
    from: CompiledRelation | undefined,
  ): Compiled {
    if (expression.type !== 'number') return compiler.compile(expression);
    const items = this.#expand(select.items, from, compiler);
    const item = items[Number(expression.text) - 1];
    if (!item)
      throw new SqlError(
        'INVALID_COLUMN_REFERENCE',
        `GROUP BY position ${expression.text} is not in select list`,
        expression.at,
      );
    return item();
  }

  #expand(items: SelectItem[], from: CompiledRelation | undefined, compiler: ExpressionCompiler): (() => Compiled)[] {
    return items.flatMap((item) => {
      if (item.type === 'expression') return [() => compiler.compile(item.expression)];
      return this.#star(item, from, compiler).map(
        ({ compiled }) =>
          () =>
            compiled,
      );
    });
  }

  #items(select: Select, compiler: ExpressionCompiler, from: CompiledRelation | undefined): Item[] {
    const { scope } = compiler.place;
    return select.items.flatMap((item): Item[] => {
      if (item.type === 'all') {
        const items = this.#star(item, from, compiler);
        const missing = scope.uses && items.find(({ compiled }) => !compiler.place.groups?.has(compiled.sql));
        if (missing)
          throw new SqlError(
            'EXPRESSION_NOT_AGGREGATE',
            `Column '${[missing.relation?.[0], missing.name].filter(Boolean).join('.')}' not in GROUP BY clause`,
          );
        return items;
      }
      const compiled = compiler.compile(item.expression);
      checkGrouped(scope.uses ?? [], item.expression, item.expression.at);
      const field =
        item.expression.type === 'column' || item.expression.type === 'field' ? nameOf(item.expression) : undefined;
      return [{ name: item.alias?.name.toLowerCase() ?? field, expression: item.expression, compiled }];
    });
  }

  #star(item: SelectItem & { type: 'all' }, from: CompiledRelation | undefined, compiler: ExpressionCompiler): Item[] {
    const named = (names: Identifier[] | undefined, items: Item[]): Item[] => {
      if (names && names.length !== items.length)
        throw new SqlError(
          'MISMATCHED_COLUMN_ALIASES',
          `Column alias list has ${names.length} entries but relation has ${items.length} columns`,
          item.at,
        );
      return items.map((each, index) => ({ ...each, name: names?.[index]?.name.toLowerCase() ?? each.name }));
    };
    const ofField = (field: Field): Item => ({
      name: field.name,
      relation: field.relation,
      compiled: { sql: field.sql, type: field.type, at: item.at },
    });
    const visible = (from?.fields ?? []).filter((field) => !field.hidden);
    if (!item.of) {
      if (!from) throw new SqlError('COLUMN_NOT_FOUND', 'SELECT * not allowed in queries without FROM clause', item.at);
      return visible.map(ofField);
    }
    const parts = partsOf(item.of)
      ?.map((part) => part.name.toLowerCase())
      .reverse();
    const own = parts ? visible.filter((field) => parts.every((part, index) => field.relation?.[index] === part)) : [];
    if (own.length > 0) return named(item.aliases, own.map(ofField));
    if (parts?.length === 1) throw unresolvedRelation(parts[0] as string, item.of.at);
    const row = this.#rowOf(item.of, parts, compiler);
    const fields = (row.type.of ?? []).map(
      (type, index): Item => ({
        name: row.type.names?.[index] || undefined,
        compiled: { sql: fieldOf(row.sql, row.type, index), type, at: item.at },
      }),
    );
    return named(item.aliases, fields);
  }

  #rowOf(of: Expression, parts: string[] | undefined, compiler: ExpressionCompiler): Compiled {
    try {
      const row = compiler.compile(of);
      if (row.type.base === 'row') return row;
      throw new SqlError('TYPE_MISMATCH', 'expected expression of type Row', of.at);
    } catch (error) {
      if (!parts || !(error instanceof SqlError) || error.code !== 'COLUMN_NOT_FOUND') throw error;
      throw unresolvedRelation(parts.reverse().join('.'), of.at);
    }
  }

  #having(having: Expression, compiler: ExpressionCompiler): string {
    const { sql, type } = compiler.in({ noWindows: 'HAVING clause' }).compile(having);
    if (type.base !== 'boolean' && type.base !== 'unknown')
      throw new SqlError(
        'TYPE_MISMATCH',
        `HAVING clause must evaluate to a boolean: actual type ${typeText(type)}`,
        having.at,
      );
    checkGrouped(compiler.place.scope.uses ?? [], having, having.at);
    return type.base === 'unknown' ? 'false' : sql;
  }

  /** Output columns are seen first, those of the tables after them. */
  #orderBy(
    orderBy: SortItem[],
    items: Item[],
    select: Select,
    compiler: ExpressionCompiler,
    at: SqlPosition,
    ties: boolean,
  ): string {
    const outputs: Place['outputs'] = new Map();
    for (const { name, compiled } of items) {
      if (name === undefined) continue;
      const known = outputs.get(name);
      outputs.set(name, known && known !== 'ambiguous' && known.sql !== compiled.sql ? 'ambiguous' : compiled);
    }
    const inside = compiler.in({ outputs });
    const all = items.map(({ compiled }) => compiled);
    const sorted = orderBy.map((item) => {
      const by = byPosition(item.by, all) ?? inside.compile(item.by);
      checkGrouped(compiler.place.scope.uses ?? [], item.by, item.by.at);
      const index = all.findIndex((each) => each.sql === by.sql);
      if (select.distinct && index < 0)
        throw new SqlError(
          'EXPRESSION_NOT_IN_DISTINCT',
          'For SELECT DISTINCT, ORDER BY expressions must appear in select list',
          at,
        );
      if (['map', 'json'].includes(by.type.base))
        throw new SqlError(
          'TYPE_MISMATCH',
          `Type ${typeText(by.type)} is not orderable, and therefore cannot be used in ORDER BY: ${formatExpression(item.by)}`,
          at,
        );
      // By position: the text of an item is not the item where rows are made distinct.
      return inside.sortItem(
        item,
        index >= 0 && sortKey(by) === by.sql && !ties ? { ...by, sql: String(index + 1) } : by,
      );
    });
    return sorted.length === 0 ? '' : ` ORDER BY ${sorted.join(', ')}`;
  }

  #checkDistinct(select: Select): void {
    for (const item of select.items)
      if (item.type === 'expression' && item.expression.type === 'lambda')
        throw new SqlError('TYPE_MISMATCH', 'DISTINCT can only be applied to comparable types', item.expression.at);
  }
}

function nameOf(expression: Expression): string | undefined {
  return expression.type === 'column' || expression.type === 'field' ? expression.name.name.toLowerCase() : undefined;
}
