import type { Translation } from '../task.ts';

export function translate(sql: string, _parameters: string[] = []): Translation {
  return { sql, macros: [], tables: [], usesPath: false };
}
