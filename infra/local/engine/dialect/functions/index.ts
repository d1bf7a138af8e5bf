import { UNDESCRIBED_FUNCTIONS } from '../../../../../lib/languages/trino-sql/functions/known-functions.ts';
import { parseSignature } from '../signature.ts';
import { AGGREGATE_FUNCTIONS } from './aggregates.ts';
import { BINARY_FUNCTIONS } from './binary.ts';
import { COLLECTION_FUNCTIONS } from './collections.ts';
import { DATE_FUNCTIONS } from './dates.ts';
import type { FunctionDefinition, FunctionTable } from './definition.ts';
import { JSON_FUNCTIONS } from './json.ts';
import { MATH_FUNCTIONS } from './math.ts';
import { STRING_FUNCTIONS } from './strings.ts';
import { WINDOW_FUNCTIONS } from './windows.ts';

export type { FunctionDefinition } from './definition.ts';

/** Trino's functions by name: https://trino.io/docs/current/functions.html */
export const SCALARS = byName(
  MATH_FUNCTIONS,
  STRING_FUNCTIONS,
  BINARY_FUNCTIONS,
  DATE_FUNCTIONS,
  COLLECTION_FUNCTIONS,
  JSON_FUNCTIONS,
);
export const AGGREGATES = byName(AGGREGATE_FUNCTIONS);
export const WINDOWS = byName(WINDOW_FUNCTIONS);

/** Functions that Athena has and the local engine does not: refused by their name. */
export const UNSUPPORTED = UNDESCRIBED_FUNCTIONS;

function byName(...tables: FunctionTable[]): Map<string, FunctionDefinition[]> {
  const definitions = tables.flatMap((table) =>
    Object.entries(table).map(([text, value]): FunctionDefinition => {
      const given = typeof value === 'string' || typeof value === 'function' ? { sql: value } : value;
      return { signature: parseSignature(text), ...given };
    }),
  );
  return Map.groupBy(definitions, ({ signature }) => signature.name);
}
