import { isName, isToken, type Token } from '../tokenize.ts';
import { type QueryScope, readScopes, scopeAt } from './query-scope.ts';
import { tolerantTokens } from './tolerant-tokens.ts';

/** What may stand at a place of a statement. */
export type Expected =
  /** The first word of a statement. */
  | 'statement'
  /** A table, or the beginning of a query in a bracket. */
  | 'relation'
  /** Columns, functions, what expressions are made of. */
  | 'expression'
  /** What follows a whole table or expression: the next clause. */
  | 'continuation'
  /** A type: after CAST(x AS. */
  | 'type'
  /** A name that the person makes up. */
  | 'name';

export interface CursorContext {
  expected: Expected;
  /** What is being written; without its opening quote. */
  prefix: string;
  /** Offsets of what a completion replaces: the word, its quotes included. */
  from: number;
  to: number;
  isQuoted: boolean;
  /** The names before the last dot: `retail.sales.` */
  path: string[];
  /** The query that holds the place. */
  scope: QueryScope;
  /** The clause, by its first word: `select`, `from`, `group`, … */
  clause: string | undefined;
}

const CLAUSES = new Set(
  `select from where group having order limit offset fetch on using window values into set partition by with union intersect
  except table describe desc`.split(/\s+/),
);
const BEFORE_EXPRESSION = new Set(
  `select where having on by and or not in like between when then else case distinct all is escape using set limit offset
  filter interval at exists if`.split(/\s+/),
);
const OPERATORS = new Set([
  '=',
  '<',
  '>',
  '<=',
  '>=',
  '<>',
  '!=',
  '+',
  '-',
  '*',
  '/',
  '%',
  '||',
  ',',
  '(',
  '[',
  '->',
  '=>',
]);
const BEFORE_TABLE = new Set(['from', 'join', 'into', 'table', 'describe', 'desc', 'formatted', 'extended']);

/** Says what may be written at an offset of a statement; undefined within texts, numbers and comments. */
export function cursorContext(sql: string, offset: number): CursorContext | undefined {
  const { tokens, openFrom } = tolerantTokens(sql);
  const written = wordAt(sql, tokens, offset, openFrom);
  if (!written) return undefined;
  const before = tokens.filter((token) => token.end <= written.from);
  const path = pathBefore(before);
  const left = before.slice(0, before.length - path.length * 2);
  const scope = scopeAt(readScopes(tokens, sql.length), offset);
  const clause = clauseOf(left, scope);
  return { ...written, path, scope, clause, expected: expectedAfter(left, clause, scope, path.length > 0) };
}

type Written = Pick<CursorContext, 'prefix' | 'from' | 'to' | 'isQuoted'>;

function wordAt(sql: string, tokens: Token[], offset: number, openFrom: number | undefined): Written | undefined {
  if (openFrom !== undefined && offset > openFrom) {
    const prefix = sql.slice(openFrom + 1, offset);
    // A quoted name that is not closed yet; a text or a comment is none.
    if (sql[openFrom] !== '"' || prefix.includes('\n')) return undefined;
    return { prefix, from: openFrom, to: offset, isQuoted: true };
  }
  const token = tokens.find(({ start, end }) => start < offset && offset <= end);
  if (!token)
    return isInComment(sql, tokens, offset) ? undefined : { prefix: '', from: offset, to: offset, isQuoted: false };
  if (token.type === 'word')
    return { prefix: sql.slice(token.start, offset), from: token.start, to: token.end, isQuoted: false };
  if (token.type === 'quoted' && offset < token.end)
    return { prefix: sql.slice(token.start + 1, offset), from: token.start, to: token.end, isQuoted: true };
  if (token.type === 'string' && offset < token.end) return undefined;
  return token.type === 'number' ? undefined : { prefix: '', from: offset, to: offset, isQuoted: false };
}

function isInComment(sql: string, tokens: Token[], offset: number): boolean {
  const start = tokens.findLast(({ end }) => end <= offset)?.end ?? 0;
  const end = tokens.find((token) => token.start >= offset)?.start ?? sql.length;
  for (const comment of sql.slice(start, end).matchAll(/--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g)) {
    const [from, to] = [start + comment.index, start + comment.index + comment[0].length];
    if (from < offset && (offset < to || (comment[0].startsWith('--') && offset === to))) return true;
  }
  return false;
}

/** The names that a dot binds to what is being written. */
function pathBefore(before: readonly Token[]): string[] {
  const path: string[] = [];
  for (let at = before.length - 1; isToken(before[at], '.') && isName(before[at - 1]); at -= 2)
    path.unshift((before[at - 1] as Token).value.toLowerCase());
  return path;
}

/** The last clause word at the query's own depth. */
function clauseOf(left: readonly Token[], scope: QueryScope): string | undefined {
  let depth = 0;
  for (let at = left.length - 1; at >= 0; at--) {
    const token = left[at] as Token;
    if (token.end <= scope.start && scope.parent) return undefined;
    if (isToken(token, ')', ']')) depth += 1;
    else if (isToken(token, '(', '[')) depth = Math.max(0, depth - 1);
    else if (depth === 0 && token.type === 'word' && CLAUSES.has(token.value)) {
      // `extract(year FROM x)` and `IS DISTINCT FROM x` begin no clause.
      if (token.value === 'from' && isToken(left[at - 1], 'distinct')) continue;
      if (token.value !== 'by') return token.value;
    }
  }
  return undefined;
}

function expectedAfter(
  left: readonly Token[],
  clause: string | undefined,
  scope: QueryScope,
  hasPath: boolean,
): Expected {
  const last = left.at(-1);
  if (!last || isToken(last, ';')) return 'statement';
  if (last.type === 'word' && BEFORE_TABLE.has(last.value))
    return isToken(left.at(-2), 'distinct') ? 'expression' : 'relation';
  if (isToken(last, 'exists') && isToken(left.at(-2), 'if', 'not')) return 'relation';
  if (clause === 'from' && isToken(last, ',')) return 'relation';
  if (isToken(last, 'as')) return isInCast(left) ? 'type' : 'name';
  if (isToken(last, 'with') && left.length === scope.first + 1) return 'name';
  if (isToken(last, '(') && isToken(left.at(-2), 'from', 'join', 'as', 'lateral', 'exists', 'unload'))
    return 'statement';
  if (last.type === 'word' && BEFORE_EXPRESSION.has(last.value)) return 'expression';
  if (last.type === 'symbol' && OPERATORS.has(last.text)) return 'expression';
  return hasPath ? 'expression' : 'continuation';
}

function isInCast(left: readonly Token[]): boolean {
  let depth = 0;
  for (let at = left.length - 1; at > 0; at--) {
    if (isToken(left[at], ')')) depth += 1;
    else if (isToken(left[at], '(') && depth-- === 0) return isToken(left[at - 1], 'cast', 'try_cast');
  }
  return false;
}

function isSyntax({ type, value }: Token): boolean {
  return type === 'word' && (CLAUSES.has(value) || BEFORE_EXPRESSION.has(value));
}

export interface CallAt {
  name: string;
  /** Counts from 0. */
  argument: number;
  /** Offset of the opening bracket. */
  open: number;
}

/** The innermost call whose brackets hold an offset. */
export function callAt(sql: string, offset: number): CallAt | undefined {
  const { tokens, openFrom } = tolerantTokens(sql);
  if (openFrom !== undefined && offset > openFrom && sql[openFrom] !== "'") return undefined;
  let depth = 0;
  let argument = 0;
  for (let at = tokens.findLastIndex(({ end }) => end <= offset); at >= 0; at--) {
    const token = tokens[at] as Token;
    if (isToken(token, ')', ']')) depth += 1;
    else if (isToken(token, '(', '[')) {
      if (depth > 0) depth -= 1;
      else if (isToken(token, '(')) {
        const callee = tokens[at - 1];
        const isCall = isName(callee) && (isToken(callee, 'if') || !isSyntax(callee));
        return isCall ? { name: callee.value.toLowerCase(), argument, open: token.start } : undefined;
      } else argument = 0;
    } else if (depth === 0 && isToken(token, ',')) argument += 1;
    else if (isToken(token, ';')) return undefined;
  }
  return undefined;
}
