import { tokenize } from './tokenize.ts';

/** How many `?` a statement has for values; none, for a text that cannot be read yet. */
export function parameterCount(sql: string): number {
  try {
    return tokenize(sql).filter(({ type }) => type === 'parameter').length;
  } catch {
    return 0;
  }
}
