import type { QueryError } from './schemas';

/** `COLUMN_NOT_FOUND: line 1:8: Column 'x' cannot be resolved …`, the shape of Trino's errors as Athena passes them on. */
const SHAPE = /^(?:(?<name>[A-Z][A-Z0-9_]+): )?(?:line (?<line>\d+):(?<column>\d+): )?(?<message>[\s\S]*)$/;

/** Takes the place and the name out of Athena's error message, so that the page can show it where it is. */
export function queryError(reason: string): QueryError {
  const { name, line, column, message = reason } = SHAPE.exec(reason.trim())?.groups ?? {};
  return {
    message: message.trim() || reason,
    ...(name ? { name } : {}),
    ...(line && column ? { line: Number(line), column: Number(column) } : {}),
  };
}
