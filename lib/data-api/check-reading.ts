import { AppError } from '@/lib/errors';
import { parseStatement } from '@/lib/languages/trino-sql/parse-statement.ts';
import { SqlError } from '@/lib/languages/trino-sql/sql-error.ts';

const READING = /^(SELECT|DESCRIBE|EXPLAIN|SHOW_\w+)$/;

/** Throws INVALID, with the place, for a statement that does anything but read: the parser decides, never a pattern. */
export function checkReading(sql: string): void {
  const type = typeOf(sql);
  if (READING.test(type)) return;
  throw new AppError('INVALID', `The data API only reads: ${type.replaceAll('_', ' ')} is not for it.`, {
    details: { line: 1, column: 1 },
  });
}

function typeOf(sql: string): string {
  try {
    const statement = parseStatement(sql);
    return statement.type === 'UNSUPPORTED' ? statement.what : statement.type;
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const { code, detail, position } = error;
    throw new AppError('INVALID', detail, { cause: error, details: { name: code, ...position } });
  }
}
