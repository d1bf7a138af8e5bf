import { SqlError, type SqlPosition } from './sql-error.ts';
import type { Identifier } from './syntax.ts';
import { isToken, type Token, tokenize } from './tokenize.ts';

/** Words that are no names unless they are quoted: https://trino.io/docs/current/language/reserved.html */
const RESERVED = new Set(
  `alter and as between by case cast constraint create cross cube current_catalog current_date current_path current_role
  current_schema current_time current_timestamp current_user deallocate delete describe distinct drop else end escape
  except execute exists extract false for from full group grouping having in inner insert intersect into is join
  json_array json_exists json_object json_query json_table json_value left like listagg localtime localtimestamp natural
  normalize not null on or order outer prepare recursive right rollup select skip table then trim true uescape union
  unnest using values when where with`.split(/\s+/),
);

/** Whether a name can only be written between double quotes: for what it begins with or holds, or as it is a word of SQL. */
function needsQuotes(name: string): boolean {
  return !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) || RESERVED.has(name.toLowerCase());
}

/** A name as it is written in a query, in quotes where it needs them. */
export function quoteName(name: string): string {
  return needsQuotes(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/** Reads tokens one by one; what a parser of Trino's grammar is made on. */
export class TokenReader {
  readonly sql: string;
  readonly tokens: Token[];
  protected index = 0;

  constructor(sql: string, tokens: Token[] = tokenize(sql)) {
    this.sql = sql;
    this.tokens = tokens;
  }

  protected peek(ahead = 0): Token | undefined {
    return this.tokens[this.index + ahead];
  }

  protected at(): SqlPosition {
    const token = this.peek();
    if (token) return { line: token.line, column: token.column };
    const last = this.tokens.at(-1);
    return last ? { line: last.line, column: last.column + last.text.length } : { line: 1, column: 1 };
  }

  protected is(...values: string[]): boolean {
    return isToken(this.peek(), ...values);
  }

  protected isNext(ahead: number, ...values: string[]): boolean {
    return isToken(this.peek(ahead), ...values);
  }

  /** Whether these words follow, one after the other. */
  protected areNext(...values: string[]): boolean {
    return values.every((value, index) => isToken(this.peek(index), value));
  }

  protected take(...words: string[]): boolean {
    if (!this.areNext(...words)) return false;
    this.index += words.length;
    return true;
  }

  /** Words of which the first alone decides. */
  protected takePhrase(first: string, ...rest: string[]): boolean {
    if (!this.take(first)) return false;
    this.must(...rest);
    return true;
  }

  protected takeOne(...words: string[]): string | undefined {
    if (!this.is(...words)) return undefined;
    return (this.tokens[this.index++] as Token).value;
  }

  protected must(...words: string[]): void {
    for (const word of words) if (!this.take(word)) throw this.mismatched(`'${word.toUpperCase()}'`);
  }

  protected next(expecting?: string): Token {
    const token = this.peek();
    if (!token) throw this.mismatched(expecting);
    this.index += 1;
    return token;
  }

  protected mismatched(expecting?: string): SqlError {
    const text = this.peek()?.text ?? '<EOF>';
    return new SqlError(
      'MISMATCHED_INPUT',
      `mismatched input '${text}'${expecting ? `. Expecting: ${expecting}` : ''}`,
      this.at(),
    );
  }

  protected isIdentifier(ahead = 0): boolean {
    const token = this.peek(ahead);
    return token !== undefined && (token.type === 'quoted' || (token.type === 'word' && !RESERVED.has(token.value)));
  }

  protected identifier(): Identifier {
    const token = this.peek();
    if (token?.type === 'backquoted') {
      const message = 'backquoted identifiers are not supported; use double quotes to quote identifiers';
      throw new SqlError('MISMATCHED_INPUT', message, token);
    }
    if (token?.type === 'number' && this.peek(1)?.start === token.end && this.isIdentifier(1)) {
      const message = 'identifiers must not start with a digit; surround the identifier with double quotes';
      throw new SqlError('MISMATCHED_INPUT', message, token);
    }
    if (!token || !this.isIdentifier()) throw this.mismatched('<identifier>');
    this.index += 1;
    const { line, column } = token;
    return {
      name: token.type === 'quoted' ? token.value : token.text,
      quoted: token.type === 'quoted',
      at: { line, column },
    };
  }

  protected qualifiedName(): Identifier[] {
    const parts = [this.identifier()];
    while (this.take('.')) parts.push(this.identifier());
    return parts;
  }

  protected string(): string {
    const token = this.peek();
    if (token?.type !== 'string') throw this.mismatched('<string>');
    this.index += 1;
    return token.value;
  }

  protected commaList<T>(read: () => T): T[] {
    const items = [read()];
    while (this.take(',')) items.push(read());
    return items;
  }

  protected inBrackets<T>(read: () => T): T {
    this.must('(');
    const value = read();
    this.must(')');
    return value;
  }
}
