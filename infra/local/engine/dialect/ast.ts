/**
 * The syntax tree of `@polyglot-sql/sdk` is plain JSON: every node is an object with one key, its kind. These are the
 * few pieces of it that the rewrites need, and the ways to walk and build it.
 */
export type Node = { [key: string]: Value };
export type Value = string | number | boolean | null | undefined | Node | Value[];

export function isNode(value: Value): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The node of this kind inside `value`, if it is one: `kind(node, 'function')?.name`. */
export function kind(value: Value, name: string): Node | undefined {
  if (!isNode(value)) return undefined;
  const inner = value[name];
  return isNode(inner) ? inner : undefined;
}

export function list(value: Value): Value[] {
  return Array.isArray(value) ? value : [];
}

/** The text of an identifier node. */
export function identifier(value: Value): string | undefined {
  const name = isNode(value) ? value.name : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** Rebuilds the tree bottom-up, each node replaced by what `rewrite` makes of it. Source positions are dropped. */
export function rewriteTree(value: Value, rewrite: (node: Node) => Value): Value {
  if (Array.isArray(value)) return value.map((item) => rewriteTree(item, rewrite));
  if (!isNode(value)) return value;
  const copy: Node = {};
  for (const [key, inner] of Object.entries(value)) if (key !== 'span') copy[key] = rewriteTree(inner, rewrite);
  return rewrite(copy);
}

export function call(name: string, ...args: Value[]): Node {
  return {
    function: {
      name,
      args,
      distinct: false,
      filter: null,
      order_by: [],
      limit: null,
      ignore_nulls: null,
      trailing_comments: [],
      use_bracket_syntax: false,
      no_parens: false,
      quoted: false,
    },
  };
}

export function text(value: string): Node {
  return { literal: { literal_type: 'string', value } };
}

export function number(value: number): Node {
  return { literal: { literal_type: 'number', value: String(value) } };
}

export function name(value: string, quoted = false): Node {
  return { name: value, quoted, trailing_comments: [] };
}

export function column(value: string, quoted = false): Node {
  return { column: { name: name(value, quoted), table: null, join_mark: false, trailing_comments: [] } };
}

export function field(of: Value, fieldName: string): Node {
  return { dot: { this: of, field: name(fieldName) } };
}

/** The value of a string literal. */
export function literalText(value: Value): string | undefined {
  const literal = kind(value, 'literal');
  return literal?.literal_type === 'string' && typeof literal.value === 'string' ? literal.value : undefined;
}
