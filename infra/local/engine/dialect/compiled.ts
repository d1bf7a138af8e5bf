import type { SqlPosition } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { Type } from '../../../../lib/languages/trino-sql/types.ts';

/** An expression as DuckDB SQL, and its type in Trino. */
export interface Compiled {
  sql: string;
  type: Type;
  at: SqlPosition;
  /** Of a string or number that is written in the query. */
  literal?: string;
  /** Of a lambda: the body's SQL for these values of its parameters. */
  apply?: (...values: string[]) => string;
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
