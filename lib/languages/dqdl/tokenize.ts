import { DqdlError } from './dqdl-error.ts';

export interface Token {
  type: 'word' | 'text' | 'number' | 'variable' | 'sign' | 'end';
  /** Of a text without quotes and escapes; of a variable without `$`. */
  value: string;
  from: number;
  to: number;
}

const BLANK = /\s+|#[^\n]*/y;
const NUMBER = /\d+(?:\.\d+)?(?![\w.])/y;
const WORD = /[A-Za-z0-9_][\w.]*/y;
const VARIABLE = /\$[A-Za-z0-9_.]+/y;
const SIGN = /!=|>=|<=|->|[=<>()[\]{},:+*/-]/y;

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  for (;;) {
    from += match(BLANK, text, from)?.length ?? 0;
    if (match(BLANK, text, from)) continue;
    if (from >= text.length) break;
    const token = text[from] === '"' ? readText(text, from) : readOther(text, from);
    tokens.push(token);
    from = token.to;
  }
  return [...tokens, { type: 'end', value: '', from: text.length, to: text.length }];
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function readOther(text: string, from: number): Token {
  const kinds = [
    ['number', NUMBER],
    ['word', WORD],
    ['variable', VARIABLE],
    ['sign', SIGN],
  ] as const;
  for (const [type, pattern] of kinds) {
    const found = match(pattern, text, from);
    if (found !== undefined)
      return { type, value: type === 'variable' ? found.slice(1) : found, from, to: from + found.length };
  }
  throw new DqdlError({ code: 'badCharacter', values: { found: text[from] ?? '' } }, text, from, from + 1);
}

/** Only `\"` and `\\` are escapes: the backslash of a regular expression stays. */
function readText(text: string, from: number): Token {
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === '"') return { type: 'text', value, from, to: at + 1 };
    const next = text[at + 1];
    if (character === '\\' && (next === '"' || next === '\\')) {
      value += next;
      at += 1;
    } else value += character;
  }
  throw new DqdlError({ code: 'openText', values: {} }, text, from, text.length);
}
