import { DqdlError } from './dqdl-error.ts';
import type { Span } from './ruleset.ts';
import type { ExpectedCode, SyntaxErrorCode, SyntaxValues } from './syntax-error.ts';
import { type Token, tokenize } from './tokenize.ts';

/** Walks over the tokens of a text and says what it expected where it finds something else. */
export class TokenReader {
  readonly text: string;
  readonly #tokens: Token[];
  #index = 0;

  constructor(text: string) {
    this.text = text;
    this.#tokens = tokenize(text);
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)] as Token;
  }

  next(): Token {
    const token = this.peek();
    if (token.type !== 'end') this.#index += 1;
    return token;
  }

  /** Words and signs; never what is in quotes. */
  is(...values: string[]): boolean {
    const { type, value } = this.peek();
    return (type === 'word' || type === 'sign') && values.includes(value);
  }

  take(...values: string[]): boolean {
    if (!this.is(...values)) return false;
    this.#index += 1;
    return true;
  }

  expect(value: string, expected: ExpectedCode = 'sign'): Token {
    if (!this.is(value)) throw this.unexpected(expected, { sign: value });
    return this.next();
  }

  expectType(type: Token['type'], expected: ExpectedCode): Token {
    if (this.peek().type !== type) throw this.unexpected(expected);
    return this.next();
  }

  unexpected(expected: ExpectedCode, values: SyntaxValues = {}, token = this.peek()): DqdlError {
    if (token.type === 'end') return this.error('unexpectedEnd', token, { ...values, expected });
    return this.error('unexpected', token, { ...values, expected, found: shown(token) });
  }

  error(code: SyntaxErrorCode, { from, to }: Span, values: SyntaxValues = {}): DqdlError {
    return new DqdlError({ code, values }, this.text, from, to);
  }

  /** From a token to the last one that was read. */
  since({ from }: Span): Span {
    const last = this.#tokens[this.#index - 1];
    return { from, to: last ? Math.max(last.to, from) : from };
  }

  list<Item>(item: () => Item, close = ']'): Item[] {
    const items: Item[] = [];
    if (this.take(close)) return items;
    do items.push(item());
    while (this.take(','));
    this.expect(close, 'listEnd');
    return items;
  }
}

function shown({ type, value }: Token): string {
  if (type === 'text') return `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  return `'${type === 'variable' ? '$' : ''}${value}'`;
}
