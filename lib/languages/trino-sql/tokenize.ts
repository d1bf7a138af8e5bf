import { SqlError } from './sql-error.ts';

export interface Token {
  type: 'word' | 'quoted' | 'backquoted' | 'string' | 'number' | 'symbol' | 'parameter';
  /** As written. */
  text: string;
  /** A word in lower case, a name or string without its quotes, anything else as written. */
  value: string;
  start: number;
  end: number;
  line: number;
  column: number;
}

const SYMBOLS = ['->', '=>', '<>', '!=', '<=', '>=', '||'];

const PATTERN = new RegExp(
  [
    String.raw`(?:\s+|--[^\n]*|/\*[\s\S]*?\*/)`,
    String.raw`(?:[\p{L}_][\p{L}\p{N}_]*)`,
    String.raw`(?:0[xX][0-9A-Fa-f]+(?:_[0-9A-Fa-f]+)*|0[bB][01]+(?:_[01]+)*|0[oO][0-7]+(?:_[0-7]+)*|\d+(?:_\d+)*(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)`,
    `(?:'(?:[^']|'')*')`,
    `(?:"(?:[^"]|"")*")`,
    '(?:`(?:[^`]|``)*`)',
    String.raw`(?:\?)`,
    `(?:${SYMBOLS.map((symbol) => symbol.replace(/[|*]/g, String.raw`\$&`)).join('|')}|.)`,
  ].join('|'),
  'suy',
);

/** Splits SQL into its tokens; comments and spaces are dropped. Throws where a string, a name or a comment has no end. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let lineStart = 0;
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < sql.length) {
    const start = PATTERN.lastIndex;
    // Without groups, which would cost more than all the rest of a long statement.
    if (!PATTERN.test(sql)) break;
    const text = sql.slice(start, PATTERN.lastIndex);
    const position = { line, column: start - lineStart + 1 };
    const type = typeOf(text);
    if (type === 'symbol' && (text === "'" || text === '"' || text === '`' || sql.startsWith('/*', start))) {
      throw new SqlError(
        'MISMATCHED_INPUT',
        `mismatched input '${text === '/' ? '/*' : text}'. The text has no end`,
        position,
      );
    }
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      line += 1;
      lineStart = start + at + 1;
    }
    if (type === 'space') continue;
    tokens.push({ type, text, value: valueOfToken(type, text), start, end: start + text.length, ...position });
  }
  return tokens;
}

/** What a match of the pattern is; its first letters tell. */
function typeOf(text: string): Token['type'] | 'space' {
  const first = text[0] as string;
  if (/[A-Za-z_]/.test(first)) return 'word';
  if (/\s/.test(first) || (text.length > 1 && (text.startsWith('--') || text.startsWith('/*')))) return 'space';
  if (text.length > 1 && first === "'") return 'string';
  if (text.length > 1 && first === '"') return 'quoted';
  if (text.length > 1 && first === '`') return 'backquoted';
  if (/\d/.test(first) || (first === '.' && text.length > 1)) return 'number';
  if (first === '?') return 'parameter';
  return /^\p{L}/u.test(text) ? 'word' : 'symbol';
}

function valueOfToken(type: Token['type'], text: string): string {
  switch (type) {
    case 'word':
      return text.toLowerCase();
    case 'string':
      return text.slice(1, -1).replaceAll("''", "'");
    case 'quoted':
      return text.slice(1, -1).replaceAll('""', '"');
    case 'backquoted':
      return text.slice(1, -1).replaceAll('``', '`');
    default:
      return text;
  }
}

/** Whether the token is one of these keywords or symbols; a quoted name never is. */
export function isToken(token: Token | undefined, ...values: string[]): boolean {
  return token !== undefined && (token.type === 'word' || token.type === 'symbol') && values.includes(token.value);
}

export type NameToken = Token & { type: 'word' | 'quoted' | 'backquoted' };

export function isName(token: Token | undefined): token is NameToken {
  return token !== undefined && (token.type === 'word' || token.type === 'quoted' || token.type === 'backquoted');
}

/** Index of the bracket that closes the one at `open`; the last index when there is none. */
export function closingIndex(tokens: Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    if (isToken(tokens[index], '(', '[')) depth += 1;
    else if (isToken(tokens[index], ')', ']') && --depth === 0) return index;
  }
  return tokens.length - 1;
}
