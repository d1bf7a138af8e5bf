import { missingFromJoin } from '../../../../lib/languages/trino-sql/names/name-errors.ts';
import { HIDDEN_COLUMNS } from '../../../../lib/languages/trino-sql/query-names.ts';
import { parseQuery } from '../../../../lib/languages/trino-sql/query-parser.ts';
import { SqlError } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { Expression, Identifier, Relation } from '../../../../lib/languages/trino-sql/syntax.ts';
import { BIGINT, commonType, type Type, typeText } from '../../../../lib/languages/trino-sql/types.ts';
import { HIDDEN_TYPES } from '../hidden-columns.ts';
import type { CatalogTable } from './catalog.ts';
import { type Compiled, quoteName } from './compiled.ts';
import { coerce } from './convert.ts';
import { fieldOf } from './duck-type.ts';
import { ExpressionCompiler } from './expression-compiler.ts';
import { compare } from './operators.ts';
import { QueryCompiler, type Scan } from './query-compiler.ts';
import { type Field, Scope } from './scope.ts';

export interface CompiledRelation {
  sql: string;
  fields: Field[];
  /** Tables whose rows a WHERE of this SELECT may leave out. */
  scans: Scan[];
}

type Join = Relation & { type: 'join' };

/** Compiles what stands after FROM. */
export class RelationCompiler {
  readonly queries: QueryCompiler;
  readonly outer: Scope | undefined;

  constructor(queries: QueryCompiler, outer: Scope | undefined) {
    this.queries = queries;
    this.outer = outer;
  }

  /** `around` holds what the relation may refer to: the queries around it, and for LATERAL and UNNEST what stands before. */
  compile(relation: Relation, around: Scope | undefined): CompiledRelation {
    switch (relation.type) {
      case 'table':
        return this.#table(relation.name);
      case 'subquery': {
        const alias = this.#alias();
        const { sql, columns } = this.queries.compile(relation.query, relation.lateral ? around : this.outer);
        const fields = columns.map(({ name, type }, index): Field => ({ name, type, sql: `${alias}.c${index}` }));
        return {
          sql: `${relation.lateral ? 'LATERAL ' : ''}(${sql}) AS ${alias}(${fields.map((_, index) => `c${index}`).join(', ')})`,
          fields,
          scans: [],
        };
      }
      case 'unnest':
        return this.#unnest(relation.expressions, relation.ordinality, around);
      case 'alias':
        return this.#aliased(relation, around);
      case 'join':
        return this.#join(relation, around);
      case 'sample': {
        const of = this.compile(relation.of, around);
        const compiler = this.expressions(new Scope([], this.outer));
        const percentage = compiler.compile(relation.percentage);
        if (percentage.literal === undefined)
          throw new SqlError(
            'NOT_SUPPORTED',
            'TABLESAMPLE with an expression is not supported by the local engine',
            relation.percentage.at,
          );
        const share = Number(percentage.literal);
        if (share < 0 || share > 100)
          throw new SqlError(
            'NUMERIC_VALUE_OUT_OF_RANGE',
            'Sample percentage must be between 0 and 100',
            relation.percentage.at,
          );
        return { ...of, sql: `${of.sql} TABLESAMPLE BERNOULLI(${share} PERCENT)` };
      }
      case 'refused':
        throw new SqlError('NOT_SUPPORTED', `${relation.what} is not supported by the local engine`, relation.at);
    }
  }

  expressions(scope: Scope): ExpressionCompiler {
    return new ExpressionCompiler(this.queries.place(scope));
  }

  #alias(): string {
    return this.queries.statement.alias();
  }

  #table(parts: Identifier[]): CompiledRelation {
    const [name = '', schema, catalog] = parts.map((part) => part.name.toLowerCase()).reverse();
    const at = (parts[0] as Identifier).at;
    const named = schema === undefined ? this.queries.named.get(name) : undefined;
    const alias = this.#alias();
    if (named) {
      const fields = named.columns.map(
        (column, index): Field => ({ ...column, relation: [name], sql: `${alias}.c${index}` }),
      );
      return { sql: `${named.alias} AS ${alias}`, fields, scans: [] };
    }
    const table = this.queries.statement.catalog.find({ catalog, schema, name }, at);
    const relation = [table.name, table.schema, 'awsdatacatalog'];
    return table.type === 'view' ? this.#view(table, alias, relation) : this.#scan(table, alias, relation);
  }

  #view(table: CatalogTable & { type: 'view' }, alias: string, relation: string[]): CompiledRelation {
    const { statement } = this.queries;
    const inner = new QueryCompiler({ ...statement, catalog: statement.catalog.within(table.defaultSchema) });
    try {
      const { sql, columns } = inner.compile(parseQuery(table.sql));
      const fields = columns.map(
        ({ name, type }, index): Field => ({ name, type, relation, sql: `${alias}.c${index}` }),
      );
      return { sql: `(${sql}) AS ${alias}(${fields.map((_, index) => `c${index}`).join(', ')})`, fields, scans: [] };
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      const message = `Failed analyzing stored view 'awsdatacatalog.${table.schema}.${table.name}': ${error.message}`;
      throw new SqlError('INVALID_VIEW', message);
    }
  }

  #scan(table: CatalogTable & { type: 'files' }, alias: string, relation: string[]): CompiledRelation {
    const scan: Scan = {
      table: `${table.schema}.${table.name}`,
      alias,
      columns: new Set(),
      filters: [],
      values: new Map(),
    };
    this.queries.statement.scans.push(scan);
    const fields = [...table.columns, ...table.partitionColumns].map(
      ({ name, type }): Field => ({ name, type, relation, sql: `${alias}.${quoteName(name)}` }),
    );
    for (const name of HIDDEN_COLUMNS)
      fields.push({ name, type: HIDDEN_TYPES[name], relation, hidden: true, sql: `${alias}.${quoteName(name)}` });
    return { sql: `${quoteName(table.schema)}.${quoteName(table.name)} AS ${alias}`, fields, scans: [scan] };
  }

  #aliased({ of, alias, columns, at }: Relation & { type: 'alias' }, around: Scope | undefined): CompiledRelation {
    const compiled = this.compile(of, around);
    const visible = compiled.fields.filter((field) => !field.hidden);
    if (columns && columns.length !== visible.length) {
      throw new SqlError(
        'MISMATCHED_COLUMN_ALIASES',
        `Column alias list has ${columns.length} entries but '${alias.name}' has ${visible.length} columns available`,
        at,
      );
    }
    const renamed = visible.map(
      (field, index): Field => ({
        ...field,
        relation: [alias.name.toLowerCase()],
        name: columns?.[index]?.name.toLowerCase() ?? field.name,
      }),
    );
    const hidden = columns
      ? []
      : compiled.fields
          .filter((field) => field.hidden)
          .map((field) => ({ ...field, relation: [alias.name.toLowerCase()] }));
    return { ...compiled, fields: [...renamed, ...hidden] };
  }

  #unnest(expressions: Expression[], ordinality: boolean, around: Scope | undefined): CompiledRelation {
    const compiler = this.expressions(around ?? new Scope([]));
    const lists: string[] = [];
    const outputs: { sql: string; name?: string | undefined; type: Type }[] = [];
    for (const expression of expressions) {
      const { sql, type } = compiler.compile(expression);
      const [first, second] = type.of ?? [];
      if (type.base === 'array' && first) {
        const column = `u${lists.push(sql) - 1}`;
        if (first.base === 'row')
          (first.of ?? []).forEach((field, index) => {
            outputs.push({
              sql: fieldOf(`u.${column}`, first, index),
              name: first.names?.[index] || undefined,
              type: field,
            });
          });
        else outputs.push({ sql: `u.${column}`, type: first });
      } else if (type.base === 'map' && first && second) {
        outputs.push({ sql: `u.u${lists.push(`map_keys(${sql})`) - 1}`, type: first });
        outputs.push({ sql: `u.u${lists.push(`map_values(${sql})`) - 1}`, type: second });
      } else throw new SqlError('INVALID_FUNCTION_ARGUMENT', `Cannot unnest type: ${typeText(type)}`);
    }
    if (ordinality) {
      const longest = lists.map((list) => `coalesce(len(${list}), 0)`);
      outputs.push({
        sql: `u.u${lists.push(`range(1, CAST(${longest.length > 1 ? `greatest(${longest.join(', ')})` : longest[0]} + 1 AS BIGINT))`) - 1}`,
        type: BIGINT,
      });
    }
    const alias = this.#alias();
    const inner = lists.map((list, index) => `unnest(${list}) AS u${index}`).join(', ');
    const sql = `LATERAL (SELECT ${outputs.map((output, index) => `${output.sql} AS c${index}`).join(', ')} FROM (SELECT ${inner}) AS u) AS ${alias}`;
    return {
      sql,
      fields: outputs.map(({ name, type }, index) => ({ name, type, sql: `${alias}.c${index}` })),
      scans: [],
    };
  }

  #join(join: Join, around: Scope | undefined): CompiledRelation {
    const left = this.compile(join.left, around);
    const lateral = new Scope(left.fields, around);
    const right = this.compile(join.right, lateral);
    if (join.natural) throw new SqlError('NOT_SUPPORTED', 'Natural join not supported', join.at);
    if (join.using) return this.#using(join, left, right, join.using);
    const fields = [...left.fields, ...right.fields];
    // A filter on one side's rows may not leave out what an outer join would fill with NULL.
    const scans = [
      ...(['RIGHT', 'FULL'].includes(join.kind) ? [] : left.scans),
      ...(['LEFT', 'FULL'].includes(join.kind) ? [] : right.scans),
    ];
    if (join.kind === 'CROSS')
      return { sql: `${left.sql} CROSS JOIN ${grouped(join.right, right.sql)}`, fields, scans };
    refuseConditionOnUnnest(join);
    const compiler = this.expressions(new Scope(fields, this.outer)).in({
      noAggregates: 'JOIN clause',
      noWindows: 'JOIN clause',
    });
    const on = join.on as Expression;
    const condition = compiler.compile(on);
    if (condition.type.base !== 'boolean' && condition.type.base !== 'unknown') {
      throw new SqlError(
        'TYPE_MISMATCH',
        `JOIN ON clause must evaluate to a boolean: actual type ${typeText(condition.type)}`,
        on.at,
      );
    }
    return {
      sql: `${left.sql} ${join.kind} JOIN ${grouped(join.right, right.sql)} ON ${condition.type.base === 'unknown' ? 'false' : condition.sql}`,
      fields,
      scans,
    };
  }

  /** The columns that both have come first and once. */
  #using(join: Join, left: CompiledRelation, right: CompiledRelation, names: Identifier[]): CompiledRelation {
    const find = (fields: Field[], name: Identifier, side: 'left' | 'right') => {
      const found = fields.filter((field) => field.name === name.name.toLowerCase() && !field.hidden);
      if (found.length > 1) throw new SqlError('AMBIGUOUS_NAME', `Column '${name.name}' is ambiguous`, name.at);
      if (!found[0]) throw missingFromJoin(name.name, side, name.at);
      return found[0];
    };
    const pairs = names.map((name) => [find(left.fields, name, 'left'), find(right.fields, name, 'right')] as const);
    const joined = pairs.map(([a, b], index): Field => {
      const type = commonType(a.type, b.type);
      if (!type)
        throw new SqlError(
          'TYPE_MISMATCH',
          `Column types of left and right side are not comparable: ${typeText(a.type)}, ${typeText(b.type)}`,
          names[index]?.at,
        );
      const at = join.at;
      const [x, y] = [coerce({ ...a, at }, type).sql, coerce({ ...b, at }, type).sql];
      const sql = join.kind === 'FULL' ? `coalesce(${x}, ${y})` : join.kind === 'RIGHT' ? y : x;
      return { name: a.name, type, sql };
    });
    const on = pairs.map(
      ([a, b]) => compare('=', { ...a, at: join.at } as Compiled, { ...b, at: join.at } as Compiled, join.at).sql,
    );
    const used = new Set(pairs.flat());
    const rest = [...left.fields, ...right.fields].filter((field) => !used.has(field));
    return {
      sql: `${left.sql} ${join.kind} JOIN ${grouped(join.right, right.sql)} ON ${on.join(' AND ')}`,
      fields: [...joined, ...rest],
      scans: join.kind === 'INNER' ? [...left.scans, ...right.scans] : [],
    };
  }
}

function refuseConditionOnUnnest({ kind, right, on }: Join): void {
  const of = right.type === 'alias' ? right.of : right;
  const what = of.type === 'unnest' ? 'UNNEST' : of.type === 'subquery' && of.lateral ? 'LATERAL' : undefined;
  if (!what || !on || on.type === 'true') return;
  throw new SqlError('NOT_SUPPORTED', `${kind} JOIN involving ${what} is only supported with condition ON TRUE`, on.at);
}

function grouped(relation: Relation, sql: string): string {
  return relation.type === 'join' ? `(${sql})` : sql;
}
