import { childrenOf, formatExpression } from '../../../../lib/languages/trino-sql/format-expression.ts';
import { unresolvedColumn } from '../../../../lib/languages/trino-sql/names/name-errors.ts';
import { SqlError, type SqlPosition } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type {
  Expression,
  Frame,
  FrameBound,
  Identifier,
  Query,
  SortItem,
  Window,
} from '../../../../lib/languages/trino-sql/syntax.ts';
import { resolveType } from '../../../../lib/languages/trino-sql/type-name.ts';
import {
  arrayOf,
  BIGINT,
  BOOLEAN,
  commonType,
  DOUBLE,
  decimal,
  INTEGER,
  isComparable,
  isNumber,
  isText,
  rowOf,
  sameType,
  type Type,
  typeText,
  UNKNOWN,
  VARBINARY,
  VARCHAR,
  varchar,
  zoned,
} from '../../../../lib/languages/trino-sql/types.ts';
import { compileCall } from './compile-call.ts';
import { compileJson } from './compile-json.ts';
import { type Compiled, quoteText } from './compiled.ts';
import { cast, coerce, convert } from './convert.ts';
import { branch, type DecimalMode, EXACT } from './decimals.ts';
import { duckType, fieldKey, fieldOf } from './duck-type.ts';
import { intervalLiteral, typedLiteral } from './literals.ts';
import { calculate, compare, negate, sortKey } from './operators.ts';
import type { Scope } from './scope.ts';

export interface CompiledQuery {
  sql: string;
  columns: {
    name: string | undefined;
    type: Type /** How it may be called outside: alias or table of its source. */;
    relation?: string[] | undefined;
  }[];
}

/** What an expression may hold where it stands. */
export interface Place {
  scope: Scope;
  compileQuery: (query: Query, outer: Scope) => CompiledQuery;
  /** The clause that aggregates and windows must not be in; undefined where they may. */
  noAggregates?: string | undefined;
  noWindows?: string | undefined;
  /** Of that clause. */
  clauseAt?: SqlPosition | undefined;
  selectAt?: SqlPosition | undefined;
  windows?: Map<string, Window>;
  /** Variables of the lambdas around. */
  variables: Map<string, Compiled>;
  /** Output columns, which ORDER BY sees before those of the tables. */
  outputs?: Map<string, Compiled | 'ambiguous'>;
  /** SQL of the expressions that rows are grouped by. */
  groups?: Set<string>;
  decimals: DecimalMode;
  /** Set inside an aggregate. */
  insideAggregate?: string | undefined;
}

export class ExpressionCompiler {
  readonly place: Place;

  constructor(place: Place) {
    this.place = place;
  }

  in(changes: Partial<Place>): ExpressionCompiler {
    return new ExpressionCompiler({ ...this.place, ...changes });
  }

  compile(expression: Expression): Compiled {
    const { groups, scope } = this.place;
    const uses = scope.uses;
    const before = uses?.length ?? 0;
    const compiled = { ...this.#compile(expression), at: expression.at };
    // What is grouped by may be used whole, whatever is in it.
    if (uses && groups?.has(compiled.sql)) uses.length = before;
    return compiled;
  }

  #compile(expression: Expression): Compiled {
    const { at } = expression;
    switch (expression.type) {
      case 'null':
        return { sql: 'NULL', type: UNKNOWN, at };
      case 'true':
      case 'false':
        return { sql: expression.type, type: BOOLEAN, at };
      case 'number':
        return numberLiteral(expression.text, at);
      case 'string':
        return {
          sql: quoteText(expression.value),
          type: varchar([...expression.value].length),
          at,
          literal: expression.value,
        };
      case 'binary':
        return { sql: `CAST('${expression.hex.replaceAll(/../g, '\\x$&')}' AS BLOB)`, type: VARBINARY, at };
      case 'typed':
        return typedLiteral(expression.name, expression.value, at);
      case 'interval':
        return intervalLiteral(expression, at);
      case 'parameter':
        throw new SqlError('INVALID_PARAMETER_USAGE', 'Incorrect number of parameters: expected 1 but found 0', at);
      case 'column':
      case 'field':
        return this.#reference(expression);
      case 'subscript':
        return this.#subscript(expression.of, expression.index, at);
      case 'call':
        return compileCall(expression.call, at, this);
      case 'lambda':
        throw new SqlError('TYPE_MISMATCH', 'Lambda expression should always be used inside a function', at);
      case 'cast': {
        const inside = expression.isTry ? this.in({ decimals: EXACT }) : this;
        const value = { ...inside.compile(expression.of), at };
        const to = resolveType(expression.to, at);
        const sql = cast(value, to);
        return { sql: expression.isTry ? `TRY(${sql})` : sql, type: to, at };
      }
      case 'extract':
        return this.#extract(expression.field, expression.of, at);
      case 'case':
        return this.#case(expression, at);
      case 'array': {
        const items = expression.items.map((item) => this.compile(item));
        const type = this.common(items, 'All ARRAY elements must be the same type or coercible to a common type');
        return {
          sql:
            items.length === 0
              ? 'CAST([] AS INTEGER[])'
              : `[${items.map((item) => coerce(item, type).sql).join(', ')}]`,
          type: arrayOf(type),
          at,
        };
      }
      case 'row':
        return this.#row(expression.items, at);
      case 'subquery':
        return this.#subquery(expression.query, at);
      case 'exists':
        return { sql: `EXISTS (${this.query(expression.query).sql})`, type: BOOLEAN, at };
      case 'binary-operation': {
        const [left, right] = [this.compile(expression.left), this.compile(expression.right)];
        const isComparison = ['=', '<>', '<', '<=', '>', '>='].includes(expression.operator);
        return isComparison
          ? compare(expression.operator, left, right, at)
          : calculate(expression.operator, left, right, at, this.place.decimals);
      }
      case 'logical': {
        const terms = expression.terms.map((term) =>
          this.boolean(term, 'Logical expression term must evaluate to a boolean'),
        );
        return { sql: `(${terms.join(` ${expression.operator} `)})`, type: BOOLEAN, at };
      }
      case 'not':
        return {
          sql: `(NOT ${this.boolean(expression.of, 'Value of logical NOT expression must evaluate to a boolean')})`,
          type: BOOLEAN,
          at,
        };
      case 'sign': {
        const lowest =
          expression.sign === '-' && expression.of.type === 'number' ? LOWEST[expression.of.text] : undefined;
        if (lowest) return { ...lowest, at };
        const value = this.compile(expression.of);
        if (expression.sign === '-') return negate(value, at);
        if (!isNumber(value.type))
          throw new SqlError(
            'TYPE_MISMATCH',
            `Unary '+' operator cannot by applied to ${typeText(value.type)} type`,
            at,
          );
        return value;
      }
      case 'is-null':
        return {
          sql: `(${this.compile(expression.of).sql} IS ${expression.negated ? 'NOT ' : ''}NULL)`,
          type: BOOLEAN,
          at,
        };
      case 'is-distinct':
        return this.#distinct(expression, at);
      case 'between':
        return this.#between(expression, at);
      case 'in':
        return this.#in(expression, at);
      case 'like':
        return this.#like(expression, at);
      case 'quantified':
        return this.#quantified(expression, at);
      case 'at-time-zone':
        return this.#atTimeZone(expression.of, expression.zone, at);
      case 'json':
        return compileJson(expression.json, at, this);
      case 'grouping':
        return this.#grouping(expression.columns, at);
    }
  }

  /** SQL of a condition. */
  boolean(expression: Expression, message: string): string {
    const { sql, type } = this.compile(expression);
    if (type.base === 'unknown') return 'CAST(NULL AS BOOLEAN)';
    if (type.base !== 'boolean')
      throw new SqlError('TYPE_MISMATCH', `${message} (actual: ${typeText(type)})`, expression.at);
    return sql;
  }

  /** The type of all these values together; the first that does not fit is named. */
  common(values: Compiled[], message: string): Type {
    let type: Type = UNKNOWN;
    for (const value of values) {
      const common = commonType(type, value.type);
      if (!common) {
        const all = [...new Set(values.map((each) => typeText(each.type)))];
        throw new SqlError(
          'TYPE_MISMATCH',
          `${message}. Cannot find common type between ${typeText(type)} and ${typeText(value.type)}, all types (without duplicates): [${all.join(', ')}]`,
          value.at,
        );
      }
      type = common;
    }
    return type;
  }

  query(query: Query): CompiledQuery {
    return this.place.compileQuery(query, this.place.scope);
  }

  /** `a`, `t.a`, `s.t.a.field` */
  #reference(expression: Expression & { type: 'column' | 'field' }): Compiled {
    const { at } = expression;
    const parts = partsOf(expression);
    if (!parts) {
      const { of, name } = expression as Expression & { type: 'field' };
      return this.#field(this.compile(of), name, at, formatExpression(of));
    }
    const [first] = parts as [Identifier];
    const variable = this.place.variables.get(first.name.toLowerCase());
    if (variable) return this.#fields(variable, parts.slice(1), at, first.name.toLowerCase());
    const output = this.place.outputs?.get(first.name.toLowerCase());
    if (output === 'ambiguous')
      throw new SqlError('AMBIGUOUS_NAME', `Column '${first.name.toLowerCase()}' is ambiguous`, at);
    if (output && parts.length === 1) return output;
    const found = this.place.scope.find(parts, at);
    if (!found) {
      const text = parts.map((part) => (part.quoted ? part.name : part.name.toLowerCase())).join('.');
      throw unresolvedColumn(text, at);
    }
    const used = parts.slice(0, found.used).map((part) => part.name.toLowerCase());
    return this.#fields(
      { sql: found.field.sql, type: found.field.type, at },
      parts.slice(found.used),
      at,
      used.join('.'),
    );
  }

  #fields(value: Compiled, names: Identifier[], at: SqlPosition, text: string): Compiled {
    let shown = text;
    return names.reduce((of, name) => {
      const field = this.#field(of, name, at, shown);
      shown = `${shown}.${name.name.toLowerCase()}`;
      return field;
    }, value);
  }

  #field(of: Compiled, name: Identifier, at: SqlPosition, text: string): Compiled {
    if (of.type.base !== 'row') throw new SqlError('TYPE_MISMATCH', `Expression ${text} is not of type ROW`, at);
    const index = (of.type.names ?? []).findIndex((field) => field.toLowerCase() === name.name.toLowerCase());
    if (index < 0) throw unresolvedColumn(`${text}.${name.name.toLowerCase()}`, at);
    return { sql: fieldOf(of.sql, of.type, index), type: of.type.of?.[index] as Type, at };
  }

  #subscript(of: Expression, index: Expression, at: SqlPosition): Compiled {
    const [value, key] = [this.compile(of), this.compile(index)];
    const [item, mapped] = value.type.of ?? [];
    if (value.type.base === 'array') {
      if (!canBe(key.type, BIGINT))
        throw new SqlError(
          'TYPE_MISMATCH',
          `Cannot use ${typeText(key.type)} for subscript of ${typeText(value.type)}`,
          at,
        );
      return { sql: `trino_subscript(${value.sql}, ${convert(key.sql, key.type, BIGINT)})`, type: item as Type, at };
    }
    if (value.type.base === 'map') {
      if (!canBe(key.type, item as Type))
        throw new SqlError(
          'TYPE_MISMATCH',
          `Cannot use ${typeText(key.type)} for subscript of ${typeText(value.type)}`,
          at,
        );
      return { sql: `trino_map_value(${value.sql}, ${coerce(key, item as Type).sql})`, type: mapped as Type, at };
    }
    if (value.type.base === 'row') {
      const position = Number(key.literal);
      if (!key.literal || position < 1 || position > (value.type.of?.length ?? 0))
        throw new SqlError('TYPE_MISMATCH', 'Subscript expression on ROW requires a constant index', index.at);
      return { sql: fieldOf(value.sql, value.type, position - 1), type: value.type.of?.[position - 1] as Type, at };
    }
    throw new SqlError(
      'TYPE_MISMATCH',
      `Cannot use ${typeText(key.type)} for subscript of ${typeText(value.type)}`,
      at,
    );
  }

  #extract(field: string, of: Expression, at: SqlPosition): Compiled {
    const names: Record<string, string> = {
      day_of_week: 'day_of_week',
      dow: 'day_of_week',
      doy: 'day_of_year',
      yow: 'year_of_week',
    };
    const known =
      'year quarter month week day day_of_month day_of_week dow day_of_year doy year_of_week yow hour minute second timezone_minute timezone_hour'.split(
        ' ',
      );
    if (!known.includes(field)) throw new SqlError('MISMATCHED_INPUT', `Invalid EXTRACT field: ${field}`, at);
    const name = { name: names[field] ?? field, quoted: false, at };
    return compileCall({ name: [name], args: [of], distinct: false, star: false, orderBy: [] }, at, this);
  }

  #case(expression: Expression & { type: 'case' }, at: SqlPosition): Compiled {
    const of = expression.of && this.compile(expression.of);
    const conditions = expression.whens.map(({ when }) => {
      if (!of) return this.boolean(when, 'CASE WHEN clause must evaluate to a boolean');
      const value = this.compile(when);
      if (!commonType(of.type, value.type)) {
        throw new SqlError(
          'TYPE_MISMATCH',
          `CASE operand type does not match WHEN clause operand type: ${typeText(of.type)} vs ${typeText(value.type)}`,
          when.at,
        );
      }
      return compare('=', of, value, at).sql;
    });
    const values = [
      ...expression.whens.map(({ value }) => value),
      ...(expression.otherwise ? [expression.otherwise] : []),
    ].map((value) => this.compile(value));
    const type = this.common(values, 'All CASE results must be the same type or coercible to a common type');
    const branches = conditions.map(
      (condition, index) => `WHEN ${condition} THEN ${branch(values[index] as Compiled, type)}`,
    );
    const otherwise = expression.otherwise ? ` ELSE ${branch(values.at(-1) as Compiled, type)}` : '';
    return { sql: `CASE ${branches.join(' ')}${otherwise} END`, type, at };
  }

  #row(items: Expression[], at: SqlPosition): Compiled {
    const values = items.map((item) => this.compile(item));
    const type = rowOf(values.map((value) => value.type));
    const fields = values.map(
      (value, index) =>
        `${quoteText(fieldKey(type, index))}: ${value.type.base === 'unknown' ? 'CAST(NULL AS INTEGER)' : value.sql}`,
    );
    return { sql: `{${fields.join(', ')}}`, type, at };
  }

  #subquery(query: Query, at: SqlPosition): Compiled {
    const { sql, columns } = this.query(query);
    const [only] = columns;
    if (columns.length === 1 && only) return { sql: `(${sql})`, type: only.type, at };
    const type = rowOf(
      columns.map((column) => column.type),
      columns.map((column) => column.name ?? ''),
    );
    const fields = columns.map((_, index) => `${quoteText(fieldKey(type, index))}: s.c${index}`);
    return { sql: `(SELECT {${fields.join(', ')}} FROM (${sql}) AS s)`, type, at };
  }

  #distinct(expression: Expression & { type: 'is-distinct' }, at: SqlPosition): Compiled {
    const [left, right] = [this.compile(expression.left), this.compile(expression.right)];
    const type = commonType(left.type, right.type);
    if (!type || !isComparable(type))
      throw new SqlError(
        'TYPE_MISMATCH',
        `Cannot apply operator: ${typeText(left.type)} IS DISTINCT FROM ${typeText(right.type)}`,
        at,
      );
    return {
      sql: `(${sortKey(coerce(left, type))} IS ${expression.negated ? 'NOT ' : ''}DISTINCT FROM ${sortKey(coerce(right, type))})`,
      type: BOOLEAN,
      at,
    };
  }

  #between(expression: Expression & { type: 'between' }, at: SqlPosition): Compiled {
    const [of, low, high] = [this.compile(expression.of), this.compile(expression.low), this.compile(expression.high)];
    const type = [low, high].reduce<Type | undefined>(
      (common, value) => common && commonType(common, value.type),
      of.type,
    );
    if (!type)
      throw new SqlError(
        'TYPE_MISMATCH',
        `Cannot check if ${typeText(of.type)} is BETWEEN ${typeText(low.type)} and ${typeText(high.type)}`,
        at,
      );
    const [value, from, to] = [of, low, high].map((each) => sortKey(coerce(each, type)));
    return { sql: `(${value} ${expression.negated ? 'NOT ' : ''}BETWEEN ${from} AND ${to})`, type: BOOLEAN, at };
  }

  #in(expression: Expression & { type: 'in' }, at: SqlPosition): Compiled {
    const of = this.compile(expression.of);
    const not = expression.negated ? 'NOT ' : '';
    if (expression.query) return this.#inQuery(of, expression.query, not, at);
    const items = (expression.items ?? []).map((item) => this.compile(item));
    const type = this.common(
      [of, ...items],
      'IN value and list items must be the same type or coercible to a common type',
    );
    const value = coerce(of, type);
    if (type.of || type.base === 'timestamp with time zone') {
      const equals = items.map((item) => compare('=', value, coerce(item, type), at).sql);
      return { sql: `(${not}(${equals.join(' OR ')}))`, type: BOOLEAN, at };
    }
    return {
      sql: `(${value.sql} ${not}IN (${items.map((item) => coerce(item, type).sql).join(', ')}))`,
      type: BOOLEAN,
      at,
    };
  }

  #inQuery(of: Compiled, query: Query, not: string, at: SqlPosition): Compiled {
    const { sql, columns } = this.query(query);
    const listed = columns.length === 1 ? (columns[0]?.type as Type) : rowOf(columns.map((column) => column.type));
    const type = commonType(of.type, listed);
    if (!type) {
      throw new SqlError(
        'TYPE_MISMATCH',
        `Value expression and result of subquery must be of the same type: ${typeText(asRow(of.type))} vs ${typeText(
          rowOf(
            columns.map((column) => column.type),
            columns.map((column) => column.name ?? ''),
          ),
        )}`,
        at,
      );
    }
    const row = rowOf(columns.map((column) => column.type));
    const one =
      columns.length === 1
        ? 's.c0'
        : `{${columns.map((_, index) => `${quoteText(fieldKey(row, index))}: s.c${index}`).join(', ')}}`;
    return {
      sql: `(${coerce(of, type).sql} ${not}IN (SELECT ${convert(one, listed, type)} FROM (${sql}) AS s))`,
      type: BOOLEAN,
      at,
    };
  }

  #like(expression: Expression & { type: 'like' }, at: SqlPosition): Compiled {
    const [of, pattern] = [this.compile(expression.of), this.compile(expression.pattern)];
    const check = (value: Compiled, what: string) => {
      if (!isText(value.type) && value.type.base !== 'unknown')
        throw new SqlError(
          'TYPE_MISMATCH',
          `${what} expression must evaluate to a varchar (actual: ${typeText(value.type)})`,
          value.at,
        );
    };
    check(of, 'Left side of LIKE');
    check(pattern, 'Pattern for LIKE');
    const escaped = expression.escape && this.compile(expression.escape);
    if (escaped) check(escaped, 'Escape for LIKE');
    if (escaped?.literal !== undefined && escaped.literal.length !== 1)
      throw new SqlError('INVALID_FUNCTION_ARGUMENT', 'Escape string must be a single character');
    const [text, like] = [convert(of.sql, of.type, VARCHAR), convert(pattern.sql, pattern.type, VARCHAR)];
    const escaping = escaped ? ` ESCAPE ${escaped.sql}` : '';
    return { sql: `(${text} ${expression.negated ? 'NOT ' : ''}LIKE ${like}${escaping})`, type: BOOLEAN, at };
  }

  #quantified(expression: Expression & { type: 'quantified' }, at: SqlPosition): Compiled {
    const of = this.compile(expression.of);
    const { sql, columns } = this.query(expression.query);
    const listed = columns[0]?.type as Type;
    const type = commonType(of.type, listed);
    if (!type)
      throw new SqlError(
        'TYPE_MISMATCH',
        `Value expression and result of subquery must be of the same type: ${typeText(asRow(of.type))} vs ${typeText(rowOf([listed], [columns[0]?.name ?? '']))}`,
        at,
      );
    return {
      sql: `(${coerce(of, type).sql} ${expression.operator} ${expression.quantifier} (SELECT ${convert('s.c0', listed, type)} FROM (${sql}) AS s))`,
      type: BOOLEAN,
      at,
    };
  }

  #atTimeZone(of: Expression, zone: Expression, at: SqlPosition): Compiled {
    const [value, name] = [this.compile(of), this.compile(zone)];
    if (!value.type.base.startsWith('timestamp'))
      throw new SqlError(
        'TYPE_MISMATCH',
        `Type of value must be a time or timestamp with or without time zone (actual ${typeText(value.type)})`,
        of.at,
      );
    const type = zoned(value.type.precision ?? 3);
    const seconds = name.type.base === 'interval day to second';
    if (!isText(name.type) && !seconds)
      throw new SqlError(
        'TYPE_MISMATCH',
        `Type of zone must be a varchar or an interval (actual ${typeText(name.type)})`,
        zone.at,
      );
    const text = seconds ? `trino_offset(${name.sql})` : name.sql;
    return { sql: `{'i': ${convert(value.sql, value.type, type)}.i, 'z': trino_zone(${text})}`, type, at };
  }

  #grouping(columns: Expression[], at: SqlPosition): Compiled {
    const { scope } = this.place;
    if (!this.place.groups || this.place.groups.size === 0) {
      throw new SqlError(
        'MISSING_GROUP_BY',
        'A GROUPING() operation can only be used with a corresponding GROUPING SET/CUBE/ROLLUP/GROUP BY clause',
        this.place.selectAt,
      );
    }
    const before = scope.uses?.length ?? 0;
    const compiled = columns.map((column) => this.compile(column).sql);
    if (scope.uses) scope.uses.length = before;
    const missing = columns.find((_, index) => !this.place.groups?.has(compiled[index] as string));
    if (missing)
      throw new SqlError(
        'INVALID_ARGUMENTS',
        'The arguments to GROUPING() must be expressions referenced by the GROUP BY at line ' +
          `${missing.at.line}:${missing.at.column}`,
        at,
      );
    return {
      sql: `CAST(grouping(${compiled.join(', ')}) AS ${columns.length < 32 ? 'INTEGER' : 'BIGINT'})`,
      type: columns.length < 32 ? INTEGER : BIGINT,
      at,
    };
  }

  orderBy(items: SortItem[]): string {
    const sorted = items.map((item) => this.sortItem(item, this.compile(item.by)));
    return sorted.length === 0 ? '' : ` ORDER BY ${sorted.join(', ')}`;
  }

  sortItem(item: SortItem, by: Compiled): string {
    return `${sortKey(by)} ${item.descending ? 'DESC' : 'ASC'} NULLS ${item.nullsFirst ? 'FIRST' : 'LAST'}`;
  }

  window(window: Window): string {
    const base = window.name ? this.place.windows?.get(window.name.name.toLowerCase()) : undefined;
    if (window.name && !base)
      throw new SqlError('INVALID_WINDOW_REFERENCE', `Cannot resolve WINDOW name ${window.name.name}`, window.name.at);
    const inner = this.in({ noWindows: 'window' });
    const partitionBy = (window.partitionBy.length > 0 ? window.partitionBy : (base?.partitionBy ?? [])).map((by) =>
      sortKey(inner.compile(by)),
    );
    const orderBy = inner.orderBy(window.orderBy.length > 0 ? window.orderBy : (base?.orderBy ?? []));
    const frame = window.frame ?? base?.frame;
    const partition = partitionBy.length > 0 ? `PARTITION BY ${partitionBy.join(', ')}` : '';
    return `(${partition}${orderBy}${frame ? ` ${this.#frame(frame)}` : ''})`;
  }

  #frame({ unit, start, end }: Frame): string {
    const bound = ({ kind, value }: FrameBound) => (value ? `${this.compile(value).sql} ${kind}` : kind);
    return end ? `${unit} BETWEEN ${bound(start)} AND ${bound(end)}` : `${unit} ${bound(start)}`;
  }
}

function asRow(type: Type): Type {
  return type.base === 'row' ? type : rowOf([type]);
}

function canBe(from: Type, to: Type): boolean {
  const common = commonType(from, to);
  return common !== undefined && sameType(common, to);
}

/** What is a number only with its sign. */
const LOWEST: Record<string, { sql: string; type: Type }> = {
  '2147483648': { sql: "CAST('-2147483648' AS INTEGER)", type: INTEGER },
  '9223372036854775808': { sql: "CAST('-9223372036854775808' AS BIGINT)", type: BIGINT },
};

/** The names of a chain of names and dots; undefined if it begins with something else. */
export function partsOf(expression: Expression): Identifier[] | undefined {
  if (expression.type === 'column') return [expression.name];
  if (expression.type !== 'field') return undefined;
  const before = partsOf(expression.of);
  return before && [...before, expression.name];
}

function numberLiteral(text: string, at: SqlPosition): Compiled {
  if (/e/i.test(text) && !/^0x/i.test(text))
    return { sql: `CAST('${text}' AS DOUBLE)`, type: DOUBLE, at, literal: text };
  if (text.includes('.')) {
    const digits = text.replace('.', '').replace(/^0+/, '');
    const scale = text.length - text.indexOf('.') - 1;
    const type = decimal(Math.max(digits.length, scale, 1), scale);
    if ((type.precision ?? 0) > 38) throw new SqlError('MISMATCHED_INPUT', `Invalid numeric literal: ${text}`, at);
    return { sql: `CAST(${quoteText(text)} AS ${duckType(type)})`, type, at, literal: text };
  }
  const value = BigInt(text);
  if (value <= 2_147_483_647n) return { sql: String(value), type: INTEGER, at, literal: text };
  if (value > 9_223_372_036_854_775_807n)
    throw new SqlError('MISMATCHED_INPUT', `Invalid numeric literal: ${text}`, { line: 1, column: 1 });
  return { sql: `CAST(${value} AS BIGINT)`, type: BIGINT, at, literal: text };
}

/** Whether an expression, subqueries aside, holds something of a kind. */
export function holds(expression: Expression, is: (each: Expression) => boolean): boolean {
  return is(expression) || childrenOf(expression).some((child) => holds(child, is));
}
