import { AppError, type ErrorCode, type ErrorDetails } from '@/lib/errors';
import type { SqlError } from '@/lib/languages/trino-sql/sql-error.ts';
import type { TableMoment } from '@/lib/languages/trino-sql/table-moments.ts';

/** Why a table of the past cannot be read; `details` hold the place in the statement, for the editor to mark. */
export function pastError(
  { line, column, text, table, at }: TableMoment,
  {
    code,
    reason,
    message,
    ...more
  }: { code: ErrorCode; reason: string; message: string; details?: ErrorDetails; cause?: unknown },
): AppError {
  const moment = new Date(at).toISOString();
  return new AppError(code, message, {
    cause: more.cause,
    reason,
    details: { line, column, text, table, moment, ...more.details },
  });
}

const REASONS: Record<string, string> = {
  INVALID_MOMENT: 'notAMoment',
  INVALID_TABLE: 'notATable',
  PAST_IS_READ_ONLY: 'pastIsReadOnly',
};

/** A moment that cannot be read as one, or stands where no table is read. */
export function notAMoment(error: SqlError): AppError {
  const { line, column } = error.position ?? {};
  const said = /'(.*?)'/.exec(error.detail)?.[1] ?? '';
  return new AppError('INVALID', error.detail, {
    cause: error,
    reason: REASONS[error.code] ?? 'notAMoment',
    details: { said, line, column },
  });
}
