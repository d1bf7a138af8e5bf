import { closingIndex, isName, isToken, type Token } from '../tokenize.ts';

/** A table of the catalog, as it is named where it is read. */
export interface TableRef {
  database?: string;
  table: string;
}

/** A column that a query gives: an expression under a name, or everything of something that it reads. */
export type OutputColumn =
  | { type: 'named'; name: string; from?: { relation?: string; column: string; scope: QueryScope } }
  | { type: 'all'; relation?: string; scope: QueryScope };

/** What a FROM clause reads, and what it is called there. */
export interface RelationScope {
  name: string;
  /** The columns come from a table, from a query or from a list of names behind the alias. */
  table?: TableRef;
  query?: QueryScope;
  columnNames?: string[];
}

/** A query of a statement that may be unfinished: what it reads and what it gives; `start` and `end` are offsets. */
export interface QueryScope {
  start: number;
  end: number;
  parent: QueryScope | undefined;
  /** Its WITH queries, by name. */
  named: Map<string, QueryScope>;
  relations: RelationScope[];
  output: OutputColumn[];
  /** Index of its first and last token. */
  first: number;
  last: number;
  children: QueryScope[];
}

const CLAUSE_ENDS = [
  'where',
  'group',
  'having',
  'order',
  'limit',
  'offset',
  'fetch',
  'window',
  'union',
  'intersect',
  'except',
];
const JOIN_WORDS = ['join', 'cross', 'inner', 'left', 'right', 'full', 'natural', 'on', 'using', 'outer'];
const NOT_ALIASES = new Set([
  ...CLAUSE_ENDS,
  ...JOIN_WORDS,
  'tablesample',
  'for',
  'as',
  'select',
  'from',
  'with',
  'set',
]);

/** Reads the queries of a statement without insisting on grammar: half of it may not be written yet. */
export function readScopes(tokens: Token[], length: number): QueryScope {
  return new ScopeReader(tokens).query({ first: 0, last: tokens.length - 1, start: 0, end: length }, undefined);
}

interface Extent {
  first: number;
  last: number;
  start: number;
  end: number;
}

class ScopeReader {
  readonly #tokens: Token[];

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  query(extent: Extent, parent: QueryScope | undefined): QueryScope {
    const scope: QueryScope = { ...extent, parent, named: new Map(), relations: [], output: [], children: [] };
    let at = extent.first;
    // `INSERT INTO t WITH …`, `CREATE TABLE t AS SELECT …`: the query begins later than the statement.
    while (at <= extent.last && !this.#is(at, 'with', 'select', 'values', 'from', '(')) at += 1;
    if (this.#is(at, 'with') && isName(this.#tokens[at + 1])) at = this.#named(at + 1, scope);
    this.#arms(at, scope);
    return scope;
  }

  #is(index: number, ...values: string[]): boolean {
    return isToken(this.#tokens[index], ...values);
  }

  /** `a AS (…), b (x, y) AS (…)`; returns the index behind. */
  #named(from: number, scope: QueryScope): number {
    let at = this.#is(from, 'recursive') && isName(this.#tokens[from + 1]) ? from + 1 : from;
    while (at <= scope.last && isName(this.#tokens[at])) {
      const name = (this.#tokens[at] as Token).value.toLowerCase();
      at += 1;
      const columnNames = this.#is(at, '(') ? this.#namesIn(at) : undefined;
      if (columnNames) at = closingIndex(this.#tokens, at) + 1;
      if (!this.#is(at, 'as') || !this.#is(at + 1, '(')) return at;
      const body = this.#bracket(at + 1, scope);
      scope.named.set(name, columnNames ? { ...body, output: columnNames.map(named) } : body);
      at = body.last + 2;
      if (!this.#is(at, ',')) return at;
      at += 1;
    }
    return at;
  }

  /** The query in the bracket at `open`; an open bracket reaches to the end of what it is in. */
  #bracket(open: number, scope: QueryScope): QueryScope {
    const close = closingIndex(this.#tokens, open);
    const isClosed = this.#is(close, ')') && close > open && this.#closes(open, close);
    const inner = this.query(
      {
        first: open + 1,
        last: isClosed ? close - 1 : scope.last,
        start: (this.#tokens[open] as Token).end,
        end: isClosed ? (this.#tokens[close] as Token).start : scope.end,
      },
      scope,
    );
    scope.children.push(inner);
    return inner;
  }

  #closes(open: number, close: number): boolean {
    let depth = 0;
    for (let index = open; index <= close; index++) {
      if (this.#is(index, '(', '[')) depth += 1;
      else if (this.#is(index, ')', ']')) depth -= 1;
    }
    return depth === 0;
  }

  /** SELECT … FROM …, once or, between UNION and the like, several times: each arm sees only what itself reads. */
  #arms(from: number, scope: QueryScope): void {
    const bounds = [from - 1, ...this.#atDepth(from, scope.last, ['union', 'intersect', 'except']), scope.last + 1];
    if (bounds.length === 2) {
      this.#arm(from, scope.last, scope);
      return;
    }
    for (const [index, bound] of bounds.slice(0, -1).entries()) {
      const [first, last] = [bound + 1, (bounds[index + 1] as number) - 1];
      const arm: QueryScope = {
        first,
        last,
        start: index === 0 ? scope.start : (this.#tokens[bound] as Token).end,
        end: this.#tokens[last + 1]?.start ?? scope.end,
        parent: scope,
        named: new Map(),
        relations: [],
        output: [],
        children: [],
      };
      if (index === bounds.length - 2) arm.end = scope.end;
      this.#arm(first, last, arm);
      scope.children.push(arm);
      if (index === 0) scope.output = arm.output;
    }
  }

  #arm(first: number, last: number, scope: QueryScope): void {
    const select = this.#atDepth(first, last, ['select'])[0];
    const from = this.#atDepth(select ?? first, last, ['from'])[0];
    const fromEnd = from === undefined ? last : (this.#atDepth(from + 1, last, CLAUSE_ENDS)[0] ?? last + 1) - 1;
    if (from !== undefined) this.#relations(from + 1, fromEnd, scope);
    // Brackets elsewhere may hold queries too: `WHERE x IN (SELECT …)`.
    for (let at = first; at <= last; at++) {
      if (from !== undefined && at > from && at <= fromEnd) continue;
      if (this.#is(at, '(')) at = this.#elsewhere(at, last, scope);
    }
    if (select !== undefined) scope.output = this.#output(select + 1, (from ?? last + 1) - 1, scope);
    else if (this.#is(first, '(') && scope.children[0]) scope.output = scope.children[0].output;
  }

  #elsewhere(open: number, last: number, scope: QueryScope): number {
    if (this.#is(open + 1, 'select', 'with', '(')) {
      const inner = this.#bracket(open, scope);
      return Math.min(inner.last + 1, last);
    }
    return open;
  }

  #relations(from: number, last: number, scope: QueryScope): void {
    let expects = true;
    for (let at = from; at <= last; at++) {
      if (this.#is(at, ',', 'join')) expects = true;
      else if (expects && this.#is(at, '(')) {
        at = this.#bracketRelation(at, last, scope);
        expects = false;
      } else if (expects && this.#is(at, 'lateral')) continue;
      else if (expects && this.#is(at, 'unnest')) {
        at = this.#unnest(at, scope);
        expects = false;
      } else if (expects && isName(this.#tokens[at]) && !this.#is(at, ...CLAUSE_ENDS, ...JOIN_WORDS)) {
        at = this.#table(at, scope);
        expects = false;
      } else if (this.#is(at, '(')) {
        at = this.#is(at + 1, 'select', 'with') ? this.#elsewhere(at, last, scope) : at;
      }
    }
  }

  #bracketRelation(open: number, last: number, scope: QueryScope): number {
    if (!this.#is(open + 1, 'select', 'with', 'values', '(')) {
      const close = Math.min(closingIndex(this.#tokens, open), last);
      this.#relations(open + 1, close, scope);
      return close;
    }
    const query = this.#bracket(open, scope);
    return this.#alias(query.last + 2, scope, { name: '', query });
  }

  #unnest(at: number, scope: QueryScope): number {
    const close = this.#is(at + 1, '(') ? closingIndex(this.#tokens, at + 1) : at;
    const after = this.#is(close + 1, 'with') && this.#is(close + 2, 'ordinality') ? close + 3 : close + 1;
    return this.#alias(after, scope, { name: '', columnNames: [] });
  }

  #table(at: number, scope: QueryScope): number {
    const parts = [this.#tokens[at] as Token];
    let last = at;
    while (this.#is(last + 1, '.') && isName(this.#tokens[last + 2])) {
      parts.push(this.#tokens[last + 2] as Token);
      last += 2;
    }
    const [table = '', database] = parts.map(({ value }) => value.toLowerCase()).reverse();
    const query = database === undefined ? findNamed(scope, table) : undefined;
    last = this.#moment(last);
    return this.#alias(last + 1, scope, {
      name: table,
      ...(query ? { query } : { table: { table, ...(database === undefined ? {} : { database }) } }),
    });
  }

  /** `sales@2026-11-25T14:03:00Z` is a name and a moment, with no space in between. */
  #moment(name: number): number {
    if (!this.#is(name + 1, '@')) return name;
    let last = name + 1;
    while (this.#tokens[last + 1]?.start === this.#tokens[last]?.end && !this.#is(last + 1, ',', ')', ';')) last += 1;
    return last;
  }

  /** `AS t (a, b)`; adds the relation, and returns the index of its last token. */
  #alias(at: number, scope: QueryScope, relation: RelationScope): number {
    const start = this.#is(at, 'as') ? at + 1 : at;
    const token = this.#tokens[start];
    const isAlias = start <= scope.last && isName(token) && (token.type !== 'word' || !NOT_ALIASES.has(token.value));
    if (!isAlias) {
      scope.relations.push(relation);
      return Math.max(at - 1, start - 1);
    }
    const columnNames = this.#is(start + 1, '(') ? this.#namesIn(start + 1) : relation.columnNames;
    scope.relations.push({ ...relation, name: token.value.toLowerCase(), ...(columnNames ? { columnNames } : {}) });
    return this.#is(start + 1, '(') ? closingIndex(this.#tokens, start + 1) : start;
  }

  #namesIn(open: number): string[] {
    const close = closingIndex(this.#tokens, open);
    return this.#tokens
      .slice(open + 1, close + 1)
      .flatMap((token) => (isName(token) ? [token.value.toLowerCase()] : []));
  }

  #output(first: number, last: number, scope: QueryScope): OutputColumn[] {
    const start = this.#is(first, 'distinct', 'all') ? first + 1 : first;
    const commas = this.#atDepth(start, last, [',']);
    const bounds = [start - 1, ...commas, last + 1];
    return bounds.slice(1).flatMap((end, index) => this.#item((bounds[index] as number) + 1, end - 1, scope) ?? []);
  }

  #item(first: number, last: number, scope: QueryScope): OutputColumn | undefined {
    const token = this.#tokens[last];
    if (!token || last < first) return undefined;
    if (token.text === '*') {
      const relation = this.#is(last - 1, '.') ? this.#tokens[last - 2]?.value.toLowerCase() : undefined;
      return { type: 'all', scope, ...(relation === undefined ? {} : { relation }) };
    }
    if (!isName(token)) return undefined;
    const name = token.value.toLowerCase();
    // `END` closes CASE: it names nothing.
    if (isToken(token, 'end') && !this.#is(last - 1, 'as')) return undefined;
    const isAliased = this.#is(last - 1, 'as') || (last > first && isName(this.#tokens[last - 1]));
    const source = this.#columnRef(first, isAliased ? last - (this.#is(last - 1, 'as') ? 2 : 1) : last);
    return source ? { type: 'named', name, from: { ...source, scope } } : named(name);
  }

  /** `amount` or `s.amount`, and nothing more than that. */
  #columnRef(first: number, last: number): { relation?: string; column: string } | undefined {
    const [one, dot, two, ...rest] = this.#tokens.slice(first, last + 1);
    if (!isName(one) || rest.length > 0) return undefined;
    if (!dot) return { column: one.value.toLowerCase() };
    if (!isToken(dot, '.') || !isName(two)) return undefined;
    return { relation: one.value.toLowerCase(), column: two.value.toLowerCase() };
  }

  /** Indexes of the words or symbols between `first` and `last` that stand in no bracket. */
  #atDepth(first: number, last: number, values: string[]): number[] {
    const found: number[] = [];
    let depth = 0;
    for (let index = first; index <= last; index++) {
      if (this.#is(index, '(', '[')) depth += 1;
      else if (this.#is(index, ')', ']')) depth -= 1;
      else if (depth === 0 && this.#is(index, ...values)) found.push(index);
    }
    return found;
  }
}

function named(name: string): OutputColumn {
  return { type: 'named', name };
}

/** The WITH query that a name means, seen from a query. */
function findNamed(scope: QueryScope | undefined, name: string): QueryScope | undefined {
  for (let each = scope; each; each = each.parent) {
    const found = each.named.get(name);
    if (found) return found;
  }
  return undefined;
}

/** The innermost query that holds an offset. */
export function scopeAt(scope: QueryScope, offset: number): QueryScope {
  const inner = scope.children.find((child) => child.start <= offset && offset <= child.end);
  return inner ? scopeAt(inner, offset) : scope;
}
