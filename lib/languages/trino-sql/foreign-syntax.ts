import { mismatchedInput, SqlError } from './sql-error.ts';
import { isName, isToken, type Token } from './tokenize.ts';

/** Symbols of other dialects. */
const FOREIGN_SYMBOLS = new Set('::|->>|==|//|**|:=|!~|<<|>>|{|}|#|$|@|~|\\|&|^|!|:|`'.split('|'));

/** What a list literal of another dialect would follow; Trino writes ARRAY[…], and subscripts follow a value. */
const BEFORE_EXPRESSION = [
  'select',
  'in',
  'from',
  'where',
  'then',
  'else',
  'when',
  'and',
  'or',
  'not',
  'by',
  'on',
  'distinct',
  'all',
];

/**
 * Throws at the first thing that Athena's grammar does not have. The translator reads many dialects at once and would
 * let these pass.
 */
export function refuseForeignSyntax(tokens: Token[]): void {
  tokens.forEach((token, index) => {
    if (token.type === 'backquoted') {
      const message = 'backquoted identifiers are not supported; use double quotes to quote identifiers';
      throw new SqlError('MISMATCHED_INPUT', message, token);
    }
    if (isForeign(tokens, index)) throw mismatchedInput(token.text, token);
  });
}

function isForeign(tokens: Token[], index: number): boolean {
  const token = tokens[index] as Token;
  const [previous, next] = [tokens[index - 1], tokens[index + 1]];
  if (token.type === 'symbol') return isForeignSymbol(token, previous, next);
  // FROM 'file.csv', but not trim('x' FROM 'text').
  if (token.type === 'string') return isToken(previous, 'join') || (isToken(previous, 'from') && !isToken(next, ')'));
  // 0x1F, 5days: what looks like one token would be read as a number and an alias.
  if (token.type === 'number') return next?.type === 'word' && next.start === token.end;
  if (token.type !== 'word' || isToken(previous, '.', 'as')) return false;
  switch (token.value) {
    case 'on':
      return isToken(previous, 'distinct');
    case 'all':
      return isToken(previous, 'by');
    case 'asof':
    case 'semi':
    case 'anti':
    case 'positional':
      return isToken(next, 'join');
    case 'sample':
      return isToken(previous, 'using');
    case 'exclude':
    case 'except':
    case 'replace':
    case 'rename':
      return isToken(previous, '*') && isToken(tokens[index - 2], 'select', ',', '.', 'distinct');
    case 'match_recognize':
      return isToken(next, '(');
    case 'ilike':
    case 'qualify':
    case 'glob':
    case 'pivot':
    case 'unpivot':
    case 'summarize':
      return (
        (isName(previous) || isToken(previous, ')', 'not')) && next !== undefined && !isToken(next, ',', ')', '.', '=')
      );
    default:
      return false;
  }
}

function isForeignSymbol(token: Token, previous: Token | undefined, next: Token | undefined): boolean {
  if (token.value === '%') return next === undefined || isToken(next, ')');
  if (token.value !== '[') return FOREIGN_SYMBOLS.has(token.value);
  if (previous === undefined) return true;
  return (previous.type === 'symbol' && !isToken(previous, ')', ']')) || isToken(previous, ...BEFORE_EXPRESSION);
}
