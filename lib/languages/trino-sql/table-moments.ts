import { parseMoment } from './moment.ts';
import { queryNames } from './query-names.ts';
import { SqlError, type SqlPosition } from './sql-error.ts';
import { isName, isToken, type Token, tokenize } from './tokenize.ts';

/** A table as it was at a moment, as a query names it: `sales@2026-11-25T14:03:00Z`. */
export interface TableMoment extends SqlPosition {
  /** As in the catalog, in lower case; undefined where the query names none. */
  database?: string;
  table: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** As written, with its database. */
  text: string;
  start: number;
  end: number;
  /** Whether the query gives it another name: `sales@2026-11-25 AS before`. */
  hasAlias: boolean;
}

const HOW = 'Write a moment as in sales@2026-11-25 or sales@2026-11-25T14:03:00Z; without a zone it is UTC';
const UNQUOTED =
  /\d{4}-\d{2}-\d{2}(?:t\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:z|[+-]\d{2}:\d{2})?)?(?![\p{L}\p{N}_:.+-])/iuy;
const QUOTED = /^(?<table>[^@"]+)@(?<moment>\d{4}-.+)$/s;
/** Names as the catalog has them: they are also parts of keys and of comments. */
const NAME = /^[a-z0-9_-]{1,128}$/;

/** Words that may follow a table and are not its other name. */
const NOT_ALIASES = new Set(
  `where group having order limit offset fetch union intersect except join inner left right full cross natural on using
  window tablesample for match_recognize when set`.split(/\s+/),
);

/**
 * Finds the tables that a statement reads as they were at a moment: `table@moment`, `database.table@moment` and, quoted,
 * `"table@2026-11-25 14:03"`. What stands in strings, comments and other quoted names is never one. Throws SqlError, with
 * the place, for a moment that is none or stands where no table is read.
 */
export function tableMoments(sql: string): TableMoment[] {
  if (!sql.includes('@')) return [];
  const tokens = readTokens(sql);
  const read = new Set(queryNames(sql, tokens).tables.map(({ line, column }) => `${line}:${column}`));
  const moments = tokens.flatMap((token, index) =>
    read.has(`${token.line}:${token.column}`) ? (momentAt(sql, tokens, index) ?? []) : [],
  );
  refuseElsewhere(sql, tokens, moments);
  return moments;
}

/** What cannot even be told apart into words is Athena's to refuse. */
function readTokens(sql: string): Token[] {
  try {
    return tokenize(sql);
  } catch (error) {
    if (error instanceof SqlError) return [];
    throw error;
  }
}

/** The table whose name, or whose database's, is the token at `first`; undefined where it is read as it is now. */
function momentAt(sql: string, tokens: Token[], first: number): TableMoment | undefined {
  let last = first;
  while (isToken(tokens[last + 1], '.') && isName(tokens[last + 2])) last += 2;
  const name = tokens[last] as Token;
  const written = findUnquoted(sql, tokens, last) ?? findQuoted(name);
  if (!written) return undefined;
  const start = (tokens[first] as Token).start;
  const text = sql.slice(start, written.end);
  const database = last > first ? (tokens[last - 2] as Token).value.toLowerCase() : undefined;
  const at = parseMoment(written.moment);
  const position = { line: name.line, column: name.column };
  if (at === undefined) throw new SqlError('INVALID_MOMENT', `'${written.moment}' is not a moment. ${HOW}`, position);
  const table = written.table.toLowerCase();
  if (
    !NAME.test(table) ||
    (database !== undefined && !NAME.test(database)) ||
    last - first > 4 ||
    /[\n\r*]/.test(text)
  ) {
    throw new SqlError('INVALID_TABLE', `'${text}' does not name a table of the catalog`, position);
  }
  const next = tokens.find((token) => token.start >= written.end);
  return {
    ...(database ? { database } : {}),
    table,
    at,
    text,
    start,
    end: written.end,
    hasAlias: isAlias(next),
    ...place(tokens[first] as Token),
  };
}

function place({ line, column }: Token): SqlPosition {
  return { line, column };
}

interface Written {
  table: string;
  moment: string;
  end: number;
}

function findUnquoted(sql: string, tokens: Token[], index: number): Written | undefined {
  const [name, at] = [tokens[index] as Token, tokens[index + 1]];
  if (!isToken(at, '@') || at?.start !== name.end) return undefined;
  UNQUOTED.lastIndex = at.end;
  const moment = UNQUOTED.exec(sql)?.[0];
  if (moment) return { table: name.value, moment, end: at.end + moment.length };
  const wrong = /^[^\s,;()]*/.exec(sql.slice(at.end))?.[0] ?? '';
  throw new SqlError('INVALID_MOMENT', `'${wrong}' is not a moment. ${HOW}`, place(name));
}

function findQuoted(name: Token): Written | undefined {
  const { table, moment } = (name.type === 'quoted' && QUOTED.exec(name.value)?.groups) || {};
  return table && moment ? { table: table.trim(), moment: moment.trim(), end: name.end } : undefined;
}

function isAlias(next: Token | undefined): boolean {
  if (next?.type === 'word') return !NOT_ALIASES.has(next.value);
  return next?.type === 'quoted';
}

/** `INSERT INTO sales@2026-11-25` would change the past, and `SELECT sales@2026-11-25` reads no table. */
function refuseElsewhere(sql: string, tokens: Token[], moments: TableMoment[]): void {
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    if (!isToken(token, '@') || !isName(before) || before.end !== token.start) return;
    if (!/\d{4}-/.test(sql.slice(token.end, token.end + 5))) return;
    if (moments.some(({ start, end }) => start <= token.start && token.start < end)) return;
    const message = 'A table of the past can only be read: name it after FROM or JOIN';
    throw new SqlError('PAST_IS_READ_ONLY', message, place(before));
  });
}
