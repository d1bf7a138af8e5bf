/**
 * Why a task failed. `SQL` carries DuckDB's own message, `STATEMENT` Athena's words about a statement that cannot be
 * translated; the others are the engine's.
 */
export type EngineErrorCode =
  | 'SQL'
  | 'STATEMENT'
  | 'CANCELLED'
  | 'TIMEOUT'
  | 'OUT_OF_MEMORY'
  | 'SCAN_LIMIT'
  | 'RESULT_LIMIT'
  | 'CRASHED'
  | 'CLOSED';

export class EngineError extends Error {
  readonly code: EngineErrorCode;
  /** The script statement that failed. */
  readonly statementId: string | undefined;

  constructor(code: EngineErrorCode, message: string, statementId?: string) {
    super(message);
    this.name = 'EngineError';
    this.code = code;
    this.statementId = statementId;
  }
}
