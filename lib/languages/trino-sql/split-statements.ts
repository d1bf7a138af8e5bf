import { tokenize } from './tokenize.ts';

export interface StatementText {
  text: string;
  /** Offset of `text` in the whole. */
  start: number;
  line: number;
  column: number;
}

/** Splits a script at its semicolons; empty statements are left out. */
export function splitStatements(script: string): StatementText[] {
  const statements: StatementText[] = [];
  let first: { start: number; line: number; column: number } | undefined;
  let end = 0;
  const finish = () => {
    if (first) statements.push({ ...first, text: script.slice(first.start, end) });
    first = undefined;
  };
  for (const token of tokenize(script)) {
    if (token.text === ';') {
      finish();
      continue;
    }
    first ??= { start: token.start, line: token.line, column: token.column };
    end = token.end;
  }
  finish();
  return statements;
}
