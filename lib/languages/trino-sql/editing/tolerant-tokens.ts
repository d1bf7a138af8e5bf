import { SqlError } from '../sql-error.ts';
import { type Token, tokenize } from '../tokenize.ts';

export interface TolerantTokens {
  tokens: Token[];
  /** Where a text, a name or a comment begins that has no end: everything behind it belongs to it. */
  openFrom?: number;
}

/** The tokens of SQL that is still being written: an open quote ends them, and is no error. */
export function tolerantTokens(sql: string): TolerantTokens {
  try {
    return { tokens: tokenize(sql) };
  } catch (error) {
    if (!(error instanceof SqlError) || !error.position) throw error;
    const openFrom = offsetOfPosition(sql, error.position);
    return { tokens: tokenize(sql.slice(0, openFrom)), openFrom };
  }
}

function offsetOfPosition(sql: string, { line, column }: { line: number; column: number }): number {
  let start = 0;
  for (let passed = 1; passed < line; passed++) start = sql.indexOf('\n', start) + 1;
  return start + column - 1;
}
