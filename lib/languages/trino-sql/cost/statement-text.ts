import { childrenOf } from '../format-expression.ts';
import type { SqlPosition } from '../sql-error.ts';
import type { Expression } from '../syntax.ts';
import { closingIndex, isToken, type Token, tokenize } from '../tokenize.ts';

export interface TextChange {
  from: number;
  to: number;
  text: string;
}

/** A statement whose parts are replaced where they stand; comments and line breaks around them stay. */
export class StatementText {
  readonly sql: string;
  readonly #tokens: Token[];

  constructor(sql: string) {
    this.sql = sql;
    this.#tokens = tokenize(sql);
  }

  with(...changes: TextChange[]): string {
    const ordered = [...changes].sort((a, b) => b.from - a.from);
    return ordered.reduce((sql, { from, to, text }) => sql.slice(0, from) + text + sql.slice(to), this.sql);
  }

  /** The star that selects everything. */
  star(at: SqlPosition): { from: number; to: number } | undefined {
    const token = this.#tokens[this.#index(at)];
    return isToken(token, '*') ? { from: token?.start ?? 0, to: token?.end ?? 0 } : undefined;
  }

  /** From the name of a call, or CAST, to the bracket that closes it; `inside` lies between the brackets. */
  call(at: SqlPosition): { from: number; to: number; inside: string } | undefined {
    const index = this.#index(at);
    const [name, open] = [this.#tokens[index], this.#tokens[index + 1]];
    if (!name || !open || !isToken(open, '(')) return undefined;
    const close = this.#tokens[closingIndex(this.#tokens, index + 1)];
    if (!close || !isToken(close, ')')) return undefined;
    return { from: name.start, to: close.end, inside: this.sql.slice(open.end, close.start).trim() };
  }

  /** `DATE '2024-01-15'` */
  typedLiteral(at: SqlPosition): { from: number; to: number } | undefined {
    const index = this.#index(at);
    const [word, value] = [this.#tokens[index], this.#tokens[index + 1]];
    return word && value?.type === 'string' ? { from: word.start, to: value.end } : undefined;
  }

  /** The name of a table, with the database before it. */
  name(at: SqlPosition, parts: number): { from: number; to: number } | undefined {
    const index = this.#index(at);
    const [first, last] = [this.#tokens[index], this.#tokens[index + 2 * (parts - 1)]];
    return first && last ? { from: first.start, to: last.end } : undefined;
  }

  /** Puts one more condition before those of a WHERE; undefined where OR would change what it belongs to. */
  condition(where: Expression, text: string): TextChange | undefined {
    if (where.type === 'logical' && where.operator === 'OR') return undefined;
    const first = this.#index(leftmost(where));
    const word = this.#tokens.slice(0, first).findLast((token) => isToken(token, 'where'));
    return word && { from: word.end, to: word.end, text: ` ${text} AND` };
  }

  #index(at: SqlPosition): number {
    return this.#tokens.findIndex((token) => token.line === at.line && token.column === at.column);
  }
}

function leftmost(expression: Expression): SqlPosition {
  return childrenOf(expression)
    .map(leftmost)
    .reduce((a, b) => (b.line < a.line || (b.line === a.line && b.column < a.column) ? b : a), expression.at);
}

/** A column or table as it can be written in a query; quoted only where it must be. */
export function writtenName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** https://trino.io/docs/current/language/reserved.html */
const RESERVED = new Set(
  `alter and as between by case cast constraint create cross cube current_date current_time current_timestamp current_user
  deallocate delete describe distinct drop else end escape except execute exists extract false for from full group grouping
  having in inner insert intersect into is join left like listagg localtime localtimestamp natural normalize not null on or
  order outer prepare recursive right rollup select skip table then trim true uescape union unnest using values when where
  with`.split(/\s+/),
);
