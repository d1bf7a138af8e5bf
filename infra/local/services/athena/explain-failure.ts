import { SqlError } from '../../../../lib/languages/trino-sql/sql-error.ts';
import { EngineError } from '../../engine/engine-error.ts';
import { explainDuckMessage } from '../../engine/explain-error.ts';
import { AwsError } from '../../service.ts';
import type { AthenaError } from './execution.ts';

export interface Failure {
  state: 'FAILED' | 'CANCELLED';
  reason: string;
  error: AthenaError;
}

/** What Athena says of a failed execution: https://docs.aws.amazon.com/athena/latest/ug/error-reference.html */
export function explainFailure(error: unknown): Failure {
  if (error instanceof SqlError) return failed(error.message, USER_ERROR);
  if (error instanceof AwsError)
    return failed(`${error.code}: ${error.message}`, error.code === 'AccessDenied' ? PERMISSION_ERROR : USER_ERROR);
  if (error instanceof EngineError) return explainEngineError(error);
  return failed(`GENERIC_INTERNAL_ERROR: ${error instanceof Error ? error.message : String(error)}`, INTERNAL_ERROR);
}

const USER_ERROR: AthenaError = { category: 2, type: 1006, isRetryable: false };
const PERMISSION_ERROR: AthenaError = { category: 2, type: 1002, isRetryable: false };
const RESOURCE_ERROR: AthenaError = { category: 2, type: 1, isRetryable: false };
const INTERNAL_ERROR: AthenaError = { category: 1, type: 401, isRetryable: true };

function failed(reason: string, error: AthenaError): Failure {
  return { state: 'FAILED', reason, error };
}

function explainEngineError(error: EngineError): Failure {
  switch (error.code) {
    case 'STATEMENT':
      return failed(error.message, USER_ERROR);
    case 'SQL':
      return failed(explainDuckMessage(error.message).message, USER_ERROR);
    case 'CANCELLED':
      return { state: 'CANCELLED', reason: 'Query was cancelled by the user', error: USER_ERROR };
    case 'SCAN_LIMIT':
      return { state: 'CANCELLED', reason: `Bytes scanned limit was exceeded. ${error.message}`, error: USER_ERROR };
    case 'RESULT_LIMIT':
      return failed(`Query exhausted resources at this scale factor. ${error.message}`, RESOURCE_ERROR);
    case 'TIMEOUT':
      return failed('Query timeout', RESOURCE_ERROR);
    case 'OUT_OF_MEMORY':
      return failed('Query exhausted resources at this scale factor', RESOURCE_ERROR);
    case 'CRASHED':
    case 'CLOSED':
      return failed(`GENERIC_INTERNAL_ERROR: ${error.message}`, INTERNAL_ERROR);
  }
}
