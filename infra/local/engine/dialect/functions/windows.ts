import type { FunctionTable } from './definition.ts';

/** https://trino.io/docs/current/functions/window.html */
export const WINDOW_FUNCTIONS: FunctionTable = {
  'cume_dist() -> double': 'cume_dist()@',
  'dense_rank() -> bigint': 'dense_rank()@',
  'ntile(bigint) -> bigint': 'ntile($1)@',
  'percent_rank() -> double': 'percent_rank()@',
  'rank() -> bigint': 'rank()@',
  'row_number() -> bigint': 'row_number()@',
  'first_value(T) -> T': 'first_value($1$n)@',
  'last_value(T) -> T': 'last_value($1$n)@',
  'nth_value(T, bigint) -> T': 'nth_value($1, $2$n)@',
  'lag(T) -> T': 'lag($1$n)@',
  'lag(T, bigint) -> T': 'lag($1, $2$n)@',
  'lag(T, bigint, T) -> T': 'lag($1, $2, $3$n)@',
  'lead(T) -> T': 'lead($1$n)@',
  'lead(T, bigint) -> T': 'lead($1, $2$n)@',
  'lead(T, bigint, T) -> T': 'lead($1, $2, $3$n)@',
};
