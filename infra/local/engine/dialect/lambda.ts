import { call, field, identifier, isNode, kind, list, type Node, name, number, type Value } from './ast.ts';

/** A lambda's parameter names (lower case) and body. */
export interface Lambda {
  node: Node;
  parameters: string[];
  body: Value;
}

export function lambda(value: Value): Lambda | undefined {
  const node = kind(value, 'lambda');
  if (!node) return undefined;
  const parameters = list(node.parameters).map((parameter) => (identifier(parameter) ?? '').toLowerCase());
  return { node, parameters, body: node.body };
}

/** The same kind of lambda with one parameter and another body. */
export function lambdaOf(like: Lambda, parameter: string, body: Value): Node {
  const first = list(like.node.parameters)[0];
  return {
    lambda: { ...like.node, parameters: [isNode(first) ? { ...first, name: parameter } : name(parameter)], body },
  };
}

/** Puts `by` in place of every use of the variable; `variable.field` reads the field of what is put there. */
export function substitute(value: Value, variable: string, by: Value): Value {
  if (Array.isArray(value)) return value.map((item) => substitute(item, variable, by));
  if (!isNode(value)) return value;
  const column = kind(value, 'column');
  if (column && !column.table && identifier(column.name)?.toLowerCase() === variable) return by;
  if (column && identifier(column.table)?.toLowerCase() === variable) return field(by, identifier(column.name) ?? '');
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, substitute(inner, variable, by)]));
}

/** `map_filter(m, (k, v) -> …)` and its like: DuckDB has lambdas over a map's entries, with one parameter. */
export function overEntries(
  map: Value,
  like: Lambda,
  bodyOf: (key: Value, body: Value) => Value,
): { entries: Node; lambda: Node } {
  const entry = 'entry_';
  const variable: Node = { column: { name: name(entry), table: null, join_mark: false, trailing_comments: [] } };
  const [key, value] = [field(variable, 'key'), field(variable, 'value')];
  const body = substitute(substitute(like.body, like.parameters[0] ?? '', key), like.parameters[1] ?? '', value);
  return { entries: call('map_entries', map), lambda: lambdaOf(like, entry, bodyOf(key, body)) };
}

/** The n-th item of a list or of an unnamed row, counted from 1. */
export function item(of: Value, index: number): Node {
  return { subscript: { this: of, index: number(index) } };
}
