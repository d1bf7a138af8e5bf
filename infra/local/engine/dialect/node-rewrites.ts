import { Dialect, parse } from '@polyglot-sql/sdk';
import { call, column, identifier, isNode, kind, list, type Node, name, type Value } from './ast.ts';
import { rewriteFunction } from './function-rewrites.ts';
import { MACRO_PREFIX } from './macros.ts';

/** Marks a result column whose name depends on its position, see run-query.ts. */
const UNNAMED_COLUMN = '_unnamed_column';

/** Stands for `*` where `"$path"` is in scope and must stay hidden; becomes SQL after generation. */
const STAR_MARK = '_all_but_path_';

/** Rewrites one node of a Trino tree, whose children are rewritten already, into what means the same to DuckDB. */
export function rewriteNode(node: Node, options: { usesPath: boolean }): Value {
  const asFunction = rewriteFunction(node);
  if (asFunction) return asFunction;
  const zone = kind(node, 'at_time_zone');
  if (zone) return macro('at_time_zone', zone.this, zone.zone);
  const extract = kind(node, 'extract');
  if (extract && /^(DayOfWeek|Dow)$/i.test(fieldName(extract.field))) return call('isodow', extract.this);
  if (kind(node, 'table')) return withoutCatalog(node);
  if (kind(node, 'alias')) return rewriteUnnest(node);
  if (kind(node, 'select')) return rewriteSelect(node, options.usesPath);
  return rewriteArithmetic(node);
}

/** Turns the marks that a tree cannot hold into SQL. */
export function finishSql(sql: string): string {
  return sql.replaceAll(new RegExp(`"?${STAR_MARK}"?`, 'gi'), "* NOT LIKE '$path'");
}

function macro(macroName: string, ...args: Value[]): Node {
  return call(`${MACRO_PREFIX}${macroName}`, ...args);
}

function fieldName(value: Value): string {
  return typeof value === 'string' ? value : '';
}

/** DATE ± INTERVAL stays a DATE in Trino, and DATE − DATE is an interval; typed macros decide once types are known. */
function rewriteArithmetic(node: Node): Value {
  const add = kind(node, 'add');
  if (add && kind(add.right, 'interval')) return macro('add_interval', add.left, add.right);
  if (add && kind(add.left, 'interval')) return macro('add_interval', add.right, add.left);
  const subtract = kind(node, 'sub');
  if (!subtract) return node;
  if (kind(subtract.right, 'interval')) return macro('add_interval', subtract.left, { neg: { this: subtract.right } });
  const isNumeric = [subtract.left, subtract.right].some((side) => kind(side, 'literal')?.literal_type === 'number');
  return isNumeric ? node : macro('subtract', subtract.left, subtract.right);
}

function withoutCatalog(node: Node): Value {
  const table = kind(node, 'table');
  return table?.catalog ? { table: { ...table, catalog: null } } : node;
}

function rewriteSelect(node: Node, usesPath: boolean): Value {
  const select = kind(node, 'select');
  const expressions = list(select?.expressions).map((expression) => {
    if (usesPath && kind(expression, 'star')) return starWithoutPath(kind(expression, 'star') as Node);
    return isNamed(expression) ? expression : aliased(expression, UNNAMED_COLUMN);
  });
  return { select: { ...select, expressions } };
}

function isNamed(expression: Value): boolean {
  return ['alias', 'column', 'star', 'dot'].some((named) => kind(expression, named));
}

function starWithoutPath(star: Node): Value {
  const mark = column(STAR_MARK);
  return isNode(star.table) ? { column: { ...kind(mark, 'column'), table: star.table } } : mark;
}

function aliased(expression: Value, alias: string): Node {
  return {
    alias: { this: expression, alias: name(alias), column_aliases: [], pre_alias_comments: [], trailing_comments: [] },
  };
}

/**
 * UNNEST of a map, or of several arrays side by side, with names for its columns: DuckDB unnests several lists of one
 * SELECT in step, padding with NULL as Trino does.
 */
function rewriteUnnest(node: Node): Value {
  const alias = kind(node, 'alias');
  const unnest = kind(alias?.this, 'unnest');
  const columns = list(alias?.column_aliases).map((columnName) => identifier(columnName) ?? '');
  if (!alias || !unnest || columns.length < 2 || unnest.with_ordinality) return node;
  const lists = [unnest.this, ...list(unnest.expressions)];
  const values = lists.length > 1 ? lists : [call('map_keys', lists[0]), call('map_values', lists[0])];
  const items = values.map((value, index) => aliased(call('unnest', value), columns[index] ?? `column${index}`));
  return { alias: { ...alias, this: subquery(items), column_aliases: [] } };
}

/** `(SELECT …)` as a relation. Its many empty members are taken from a parsed one. */
function subquery(expressions: Value[]): Node {
  template ??= JSON.stringify(parse('SELECT * FROM (SELECT 1 AS a) AS t', Dialect.Trino).ast);
  const [statement] = JSON.parse(template) as Node[];
  const from = kind(fromOf(statement), 'subquery');
  const select = kind(from?.this, 'select');
  return { subquery: { ...from, this: { select: { ...select, expressions } }, alias: null, alias_explicit_as: false } };
}

let template: string | undefined;

function fromOf(statement: Value): Value {
  const from = kind(statement, 'select')?.from;
  return list(isNode(from) ? from.expressions : undefined)[0];
}
