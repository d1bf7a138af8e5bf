/** A place in SQL text. Both count from 1, as Trino's messages do. */
export interface SqlPosition {
  line: number;
  column: number;
}

/** What Athena says when a statement cannot be run: `SYNTAX_ERROR: line 1:8: …`. */
export class SqlError extends Error {
  /** Trino's name of the error: `SYNTAX_ERROR`, `TABLE_NOT_FOUND`, `COLUMN_NOT_FOUND`, … */
  readonly code: string;
  readonly position: SqlPosition | undefined;
  /** Without code and position. */
  readonly detail: string;

  constructor(code: string, detail: string, position?: SqlPosition) {
    const place = position ? `line ${position.line}:${position.column}: ` : '';
    super(code === 'MISMATCHED_INPUT' ? `${place}${detail}` : `${code}: ${place}${detail}`);
    this.name = 'SqlError';
    this.code = code;
    this.position = position;
    this.detail = detail;
  }
}

/** What the parser says about a token that cannot stand where it is. Athena shows these without a code. */
export function mismatchedInput(text: string, position: SqlPosition): SqlError {
  return new SqlError('MISMATCHED_INPUT', `mismatched input '${text}'`, position);
}
