import { type SyntaxErrorCode, type SyntaxValues, syntaxMessage } from './syntax-error.ts';

/** What is wrong in a ruleset and where. Lines and columns count from 1; `from` and `to` are offsets in the text. */
export class DqdlError extends Error {
  override readonly name = 'DqdlError';
  readonly code: SyntaxErrorCode;
  readonly values: SyntaxValues;
  readonly line: number;
  readonly column: number;
  readonly from: number;
  readonly to: number;

  constructor(what: { code: SyntaxErrorCode; values: SyntaxValues }, text: string, from: number, to = from) {
    const before = text.slice(0, from);
    const line = before.split('\n').length;
    const column = from - before.lastIndexOf('\n');
    super(`line ${line}:${column}: ${syntaxMessage(what.code, what.values)}`);
    this.code = what.code;
    this.values = what.values;
    this.line = line;
    this.column = column;
    this.from = from;
    this.to = Math.max(to, from);
  }
}
