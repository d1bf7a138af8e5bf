import { formatExpression } from '../../../../lib/languages/trino-sql/format-expression.ts';
import { SqlError, type SqlPosition } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { Expression, NamedQuery, Query, QueryBody, SortItem } from '../../../../lib/languages/trino-sql/syntax.ts';
import { commonType, type Type, typeText } from '../../../../lib/languages/trino-sql/types.ts';
import type { Catalog } from './catalog.ts';
import type { Compiled } from './compiled.ts';
import { coerce, convert } from './convert.ts';
import { type DecimalMode, EXACT } from './decimals.ts';
import { type CompiledQuery, ExpressionCompiler, type Place } from './expression-compiler.ts';
import { type CompiledRelation, RelationCompiler } from './relation-compiler.ts';
import { type Field, Scope } from './scope.ts';
import { SelectCompiler } from './select-compiler.ts';

/** A WITH query that can be named. */
export interface Named {
  alias: string;
  columns: { name: string | undefined; type: Type }[];
}

/** Everything that is the same in a whole statement. */
export interface Statement {
  catalog: Catalog;
  /** Makes an alias that no other relation has. */
  alias: () => string;
  scans: Scan[];
  decimals: DecimalMode;
}

/** One place where a table is read. */
export interface Scan {
  table: string;
  alias: string;
  columns: Set<string>;
  /** Conditions on partition columns only, in SQL over `alias`; rows for which one is not true are not needed. */
  filters: string[];
  /** Partition columns that are compared with literals: the values that can be. */
  values: Map<string, string[]>;
}

/** Compiles queries, one for each level of WITH. */
export class QueryCompiler {
  readonly statement: Statement;
  readonly named: Map<string, Named>;

  constructor(statement: Statement, named: Map<string, Named> = new Map()) {
    this.statement = statement;
    this.named = named;
  }

  compile(query: Query, outer?: Scope): CompiledQuery {
    const inner = new QueryCompiler(this.statement, new Map(this.named));
    const definitions = query.with.map((named) => inner.#define(named, query.recursive, outer));
    const { sql, columns } = inner.#query(query, outer);
    if (definitions.length === 0) return { sql, columns };
    return { sql: `WITH ${query.recursive ? 'RECURSIVE ' : ''}${definitions.join(', ')} ${sql}`, columns };
  }

  #define({ name, columns: names, query }: NamedQuery, recursive: boolean, outer: Scope | undefined): string {
    const key = name.name.toLowerCase();
    const alias = this.statement.alias();
    const isRecursive = recursive && query.body.type === 'set' && query.with.length === 0;
    const compiled =
      isRecursive && names
        ? this.#recursive(
            key,
            alias,
            names.map((column) => column.name.toLowerCase()),
            query,
            outer,
          )
        : this.compile(query, outer);
    if (names && names.length !== compiled.columns.length) {
      throw new SqlError(
        'MISMATCHED_COLUMN_ALIASES',
        `Column alias list has ${names.length} entries but relation has ${compiled.columns.length} columns`,
        names[0]?.at,
      );
    }
    const columns = compiled.columns.map((column, index) => ({
      type: column.type,
      name: names?.[index]?.name.toLowerCase() ?? column.name,
    }));
    this.named.set(key, { alias, columns });
    const list = columns.map((_, index) => `c${index}`).join(', ');
    return `${alias}(${list}) AS (${compiled.sql})`;
  }

  /** The first side says the types; the second may name the query itself. */
  #recursive(key: string, alias: string, names: string[], query: Query, outer: Scope | undefined): CompiledQuery {
    const body = query.body as QueryBody & { type: 'set' };
    const exact = new QueryCompiler({ ...this.statement, decimals: EXACT }, this.named);
    const base = exact.#body(body.left, outer);
    const columns = base.columns.map((column, index) => ({ type: column.type, name: names[index] }));
    this.named.set(key, { alias, columns });
    const step = exact.#body(body.right, outer);
    const wrong = step.columns.findIndex(
      (column, index) =>
        typeText(commonType(column.type, columns[index]?.type as Type) ?? column.type) !==
          typeText(columns[index]?.type as Type) && columns[index]?.type.base !== 'varchar',
    );
    if (wrong >= 0) {
      const message = `recursion step relation output type (${typeText(step.columns[wrong]?.type as Type)}) is not coercible to recursion base relation output type (${typeText(columns[wrong]?.type as Type)}) at column ${wrong + 1}`;
      throw new SqlError('TYPE_MISMATCH', message, query.at);
    }
    const converted = converting(
      step,
      columns.map((column) => column.type),
    );
    return { sql: `${base.sql} UNION${body.all ? ' ALL' : ''} ${converted}`, columns };
  }

  #query(query: Query, outer: Scope | undefined): CompiledQuery {
    const limit = this.#limit(query);
    if (query.body.type === 'select')
      return this.#selects(outer).select(
        query.body.select,
        query.body.at,
        outer,
        query.orderBy,
        limit,
        query.withTies ? query.limit : undefined,
      );
    const { sql, columns } = this.#body(query.body, outer);
    if (query.orderBy.length === 0 && limit === '') return { sql, columns };
    const alias = this.statement.alias();
    const fields = columns.map(
      (column, index): Field => ({ name: column.name, sql: `${alias}.c${index}`, type: column.type }),
    );
    const orderBy = this.#orderBy(query.orderBy, fields, outer);
    const list = columns.map((_, index) => `c${index}`).join(', ');
    return { sql: `SELECT ${list} FROM (${sql}) AS ${alias}(${list})${orderBy}${limit}`, columns };
  }

  #orderBy(items: SortItem[], fields: Field[], outer: Scope | undefined): string {
    const compiler = new ExpressionCompiler(this.place(new Scope(fields, outer)));
    const sorted = items.map((item) =>
      compiler.sortItem(item, byPosition(item.by, fields) ?? compiler.compile(item.by)),
    );
    return sorted.length === 0 ? '' : ` ORDER BY ${sorted.join(', ')}`;
  }

  #limit({ limit, offset, withTies }: Query): string {
    const count = (expression: Expression | undefined) => (expression?.type === 'number' ? expression.text : undefined);
    const [rows, skipped] = [withTies ? undefined : count(limit), count(offset)];
    return `${rows === undefined ? '' : ` LIMIT ${rows}`}${skipped === undefined ? '' : ` OFFSET ${skipped}`}`;
  }

  #selects(outer: Scope | undefined): SelectCompiler {
    return new SelectCompiler(new RelationCompiler(this, outer));
  }

  #body(body: QueryBody, outer: Scope | undefined): CompiledQuery {
    switch (body.type) {
      case 'select':
        return this.#selects(outer).select(body.select, body.at, outer, [], '');
      case 'query': {
        const { sql, columns } = this.compile(body.query, outer);
        return { sql: `(${sql})`, columns };
      }
      case 'table': {
        const relation = new RelationCompiler(this, outer).compile(
          { at: body.at, type: 'table', name: body.name },
          outer,
        );
        return selectAll(relation);
      }
      case 'values':
        return this.#values(body.rows, body.at, outer);
      case 'set':
        return this.#set(body, outer);
    }
  }

  #values(rows: Expression[], at: SqlPosition, outer: Scope | undefined): CompiledQuery {
    const compiler = new ExpressionCompiler({
      ...this.place(new Scope([], outer)),
      noAggregates: 'VALUES clause',
      noWindows: 'VALUES clause',
    });
    const compiled = rows.map((row) =>
      row.type === 'row' ? row.items.map((item) => compiler.compile(item)) : [compiler.compile(row)],
    );
    const width = compiled[0]?.length ?? 0;
    const ragged = compiled.findIndex((row) => row.length !== width);
    if (ragged >= 0) {
      throw new SqlError(
        'TYPE_MISMATCH',
        `Values rows have mismatched sizes: ${width} vs ${compiled[ragged]?.length}`,
        at,
      );
    }
    const types = Array.from({ length: width }, (_, index) => {
      return compiled.reduce(
        (type: Type, row) => {
          const common = commonType(type, (row[index] as Compiled).type);
          if (!common)
            throw new SqlError(
              'TYPE_MISMATCH',
              `Values rows have mismatched types: ${rowText(compiled[0] as Compiled[])} vs ${rowText(row)}`,
              at,
            );
          return common;
        },
        ((compiled[0] as Compiled[])[index] as Compiled).type,
      );
    });
    const lines = compiled.map(
      (row) => `(${row.map((value, index) => explicit(coerce(value, types[index] as Type))).join(', ')})`,
    );
    const list = types.map((_, index) => `c${index}`).join(', ');
    return {
      sql: `SELECT ${list} FROM (VALUES ${lines.join(', ')}) AS ${this.statement.alias()}(${list})`,
      columns: types.map((type) => ({ name: undefined, type })),
    };
  }

  #set(body: QueryBody & { type: 'set' }, outer: Scope | undefined): CompiledQuery {
    const [left, right] = [this.#body(body.left, outer), this.#body(body.right, outer)];
    if (left.columns.length !== right.columns.length) {
      throw new SqlError(
        'TYPE_MISMATCH',
        `${body.operator} query has different number of fields: ${left.columns.length}, ${right.columns.length}`,
        body.at,
      );
    }
    const columns = left.columns.map(({ name, type }, index) => {
      const other = right.columns[index]?.type as Type;
      const common = commonType(type, other);
      if (!common)
        throw new SqlError(
          'TYPE_MISMATCH',
          `column ${index + 1} in ${body.operator} query has incompatible types: ${typeText(type)}, ${typeText(other)}`,
          body.at,
        );
      return { name, type: common };
    });
    const types = columns.map((column) => column.type);
    return {
      sql: `(${converting(left, types)}) ${body.operator}${body.all ? ' ALL' : ''} (${converting(right, types)})`,
      columns,
    };
  }

  place(scope: Scope): Place {
    return {
      scope,
      compileQuery: (query, outer) => this.compile(query, outer),
      variables: new Map(),
      decimals: this.statement.decimals,
    };
  }
}

function rowText(row: Compiled[]): string {
  return `row(${row.map((value) => typeText(value.type)).join(', ')})`;
}

/** DuckDB reads the types of VALUES from the first row: an untyped NULL there must not decide. */
function explicit({ sql, type }: Compiled): string {
  return type.base === 'unknown' ? 'NULL' : sql;
}

/** The query with its columns made these types. */
function converting({ sql, columns }: CompiledQuery, types: Type[]): string {
  if (columns.every((column, index) => typeText(column.type) === typeText(types[index] as Type))) return sql;
  const list = columns.map((_, index) => `c${index}`);
  const items = columns.map(
    (column, index) => `${convert(`s.c${index}`, column.type, types[index] as Type)} AS c${index}`,
  );
  return `SELECT ${items.join(', ')} FROM (${sql}) AS s(${list.join(', ')})`;
}

/** `SELECT *` of a relation. */
function selectAll({ sql, fields }: CompiledRelation): CompiledQuery {
  const visible = fields.filter((field) => !field.hidden);
  const items = visible.map((field, index) => `${field.sql} AS c${index}`);
  return {
    sql: `SELECT ${items.join(', ')} FROM ${sql}`,
    columns: visible.map(({ name, type, relation }) => ({ name, type, relation })),
  };
}

/** What `ORDER BY 2` means. */
export function byPosition(
  by: Expression,
  fields: { sql: string; type: Type }[],
  clause = 'ORDER BY',
): Compiled | undefined {
  if (by.type !== 'number' || !/^\d+$/.test(by.text)) return undefined;
  const field = fields[Number(by.text) - 1];
  if (!field)
    throw new SqlError('INVALID_COLUMN_REFERENCE', `${clause} position ${by.text} is not in select list`, by.at);
  return { sql: field.sql, type: field.type, at: by.at };
}

export function checkGrouped(uses: Field[], expression: Expression, at: SqlPosition): void {
  if (uses.length === 0) return;
  throw new SqlError(
    'EXPRESSION_NOT_AGGREGATE',
    `'${formatExpression(expression)}' must be an aggregate expression or appear in GROUP BY clause`,
    at,
  );
}
