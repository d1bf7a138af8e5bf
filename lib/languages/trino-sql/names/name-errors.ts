import { SqlError, type SqlPosition } from '../sql-error.ts';

/** What Athena says of a column that nothing in reach has; it does not tell whether there is one that may not be seen. */
export function unresolvedColumn(name: string, at: SqlPosition): SqlError {
  const message = `Column '${name}' cannot be resolved or requester is not authorized to access requested resources`;
  return new SqlError('COLUMN_NOT_FOUND', message, at);
}

/** `nope.*` */
export function unresolvedRelation(name: string, at: SqlPosition): SqlError {
  return new SqlError('TABLE_NOT_FOUND', `Unable to resolve reference ${name}`, at);
}

export function missingFromJoin(name: string, side: 'left' | 'right', at: SqlPosition): SqlError {
  return new SqlError('COLUMN_NOT_FOUND', `Column '${name}' is missing from ${side} side of join`, at);
}

export function unknownFunction(name: string, at: SqlPosition): SqlError {
  return new SqlError('FUNCTION_NOT_FOUND', `Function '${name}' not registered`, at);
}
