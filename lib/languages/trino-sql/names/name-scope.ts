/** What stands in a FROM, as far as its names are known. */
export interface NamedRelation {
  /** How it may be called, the last part first: alias, or table, schema, catalog. */
  path: readonly string[];
  /** In lower case, '' for one without a name; undefined where they cannot be told: then every name may be one. */
  columns: readonly string[] | undefined;
}

/** What can be named in one place; what is not found is looked for in the query around it. */
export interface NameScope {
  relations: readonly NamedRelation[];
  /** Names of their own: parameters of lambdas, output columns in ORDER BY. */
  words: ReadonlySet<string>;
  outer: NameScope | undefined;
}

export const EMPTY_SCOPE: NameScope = { relations: [], words: new Set(), outer: undefined };

/** Whether `a`, `t.a`, `s.t.a` or `a.field` may name something. In doubt it does. */
export function isNamed(parts: readonly string[], scope: NameScope | undefined): boolean {
  if (!scope) return false;
  const [first = ''] = parts;
  if (scope.words.has(first)) return true;
  if (scope.relations.some((relation) => holds(relation, parts))) return true;
  return isNamed(parts, scope.outer);
}

/** Whether `t` or `s.t` may be a relation, or a column whose fields can be taken apart. */
export function isCallable(parts: readonly string[], scope: NameScope | undefined): boolean {
  if (!scope) return false;
  const isOne = scope.relations.some(({ path, columns }) => columns === undefined || isCalled(path, parts));
  return isOne || isNamed(parts, scope);
}

function holds({ path, columns }: NamedRelation, parts: readonly string[]): boolean {
  // Hidden columns (`$path`) are every table's.
  if (columns === undefined || parts.some((part) => part.startsWith('$'))) return true;
  if (columns.includes(parts[0] ?? '')) return true;
  return parts.some((part, index) => index > 0 && isCalled(path, parts.slice(0, index)) && columns.includes(part));
}

function isCalled(path: readonly string[], parts: readonly string[]): boolean {
  return parts.length <= path.length && parts.toReversed().every((part, index) => path[index] === part);
}
