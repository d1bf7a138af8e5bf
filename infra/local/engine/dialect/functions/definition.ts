import type { Type } from '../../../../../lib/languages/trino-sql/types.ts';
import type { Compiled } from '../compiled.ts';
import type { Signature } from '../signature.ts';

/**
 * How a function is said in DuckDB: SQL in which `$1` is the first argument and `$*` all of them. In an aggregate `$d` is
 * DISTINCT, `$o` ORDER BY, and `@` the place of FILTER and OVER; in a window function `$n` is IGNORE NULLS.
 */
export type Sql = string | ((args: Compiled[], returns: Type, marks: Marks) => string);

/** What `$d`, `$o`, `$n` and `@` stand for, for those that are not a template. */
export interface Marks {
  d: string;
  o: string;
  n: string;
  /** FILTER and OVER; with a condition that the function itself needs. */
  at: (condition?: string) => string;
  /** One group, of all rows: what a group costs does not count. */
  isWhole?: boolean;
}

export interface FunctionDefinition {
  signature: Signature;
  sql: Sql;
  /** Where the type depends on more than the signature says. */
  returns?: (types: Type[], args: Compiled[]) => Type;
  /** `returns` is asked with the arguments' own types, and not with what the signature makes of them. */
  keepsTypes?: boolean;
}

/** By signature. */
export type FunctionTable = Record<string, Sql | Omit<FunctionDefinition, 'signature'>>;
