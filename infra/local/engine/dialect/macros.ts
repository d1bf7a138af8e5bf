import { AGGREGATE_MACROS } from './macros/aggregate-macros.ts';
import { COLLECTION_MACROS } from './macros/collection-macros.ts';
import { DATE_MACROS } from './macros/date-macros.ts';
import { JSON_MACROS } from './macros/json-macros.ts';
import { MATH_MACROS } from './macros/math-macros.ts';
import { STRING_MACROS } from './macros/string-macros.ts';

/** A macro's name without its prefix, and what follows the name in CREATE MACRO: parameters and body, or several such. */
export type MacroDefinitions = Record<string, string>;

/**
 * Trino's functions that DuckDB lacks or means differently, as DuckDB macros. They carry a prefix, so that a call can
 * be renamed before translation and then passes through it untouched. A macro can take neither a lambda nor DISTINCT,
 * FILTER or OVER; functions that need those are rewritten on the syntax tree instead.
 */
export const MACROS: MacroDefinitions = {
  ...DATE_MACROS,
  ...AGGREGATE_MACROS,
  ...COLLECTION_MACROS,
  ...JSON_MACROS,
  ...MATH_MACROS,
  ...STRING_MACROS,
};

export const MACRO_PREFIX = 'trino_';

/** The statements that make these macros and the ones they call, callee first. */
export function macroStatements(names: Iterable<string>): string[] {
  const ordered = new Set<string>();
  for (const name of names) addWithCallees(name, ordered);
  return [...ordered].map((name) => `CREATE MACRO ${MACRO_PREFIX}${name}${MACROS[name]}`);
}

/** Names of the macros that a piece of DuckDB SQL calls. */
export function macrosCalledBy(sql: string): string[] {
  const calls = [...sql.matchAll(/\btrino_(\w+)\s*\(/gi)].map((match) => (match[1] as string).toLowerCase());
  return [...new Set(calls)].filter((name) => Object.hasOwn(MACROS, name));
}

function addWithCallees(name: string, ordered: Set<string>): void {
  if (ordered.has(name) || !Object.hasOwn(MACROS, name)) return;
  for (const callee of macrosCalledBy(MACROS[name] as string)) addWithCallees(callee, ordered);
  ordered.add(name);
}
