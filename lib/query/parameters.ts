import { tolerantTokens } from '@/lib/languages/trino-sql/editing/tolerant-tokens.ts';
import { isName, isToken, type Token } from '@/lib/languages/trino-sql/tokenize.ts';

export const PARAMETER_TYPES = ['text', 'number', 'date', 'timestamp', 'boolean', 'null'] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** What a person entered for a `?`. */
export interface ParameterValue {
  type: ParameterType;
  text: string;
}

/** A `?` of a text. */
export interface ParameterPlace {
  /** Counts from 0, through the whole text. */
  ordinal: number;
  offset: number;
  /** What it is compared with, where the statement says it: `city` in `city = ?`, LIMIT in `LIMIT ?`. */
  name?: string;
}

/** What is asked for before the text is run: those of PREPARE are given to its EXECUTE. */
export function parameterPlaces(text: string): ParameterPlace[] {
  const { tokens } = tolerantTokens(text);
  let isPrepare = false;
  return tokens
    .map((token, index) => {
      if (index === 0 || isToken(tokens[index - 1], ';')) isPrepare = isToken(token, 'prepare');
      return { token, index, isPrepare };
    })
    .filter((each) => each.token.type === 'parameter' && !each.isPrepare)
    .map(({ token, index }, ordinal) => {
      const name = nameOf(tokens, index);
      return { ordinal, offset: token.start, ...(name ? { name } : {}) };
    });
}

const COMPARISONS = ['=', '<>', '!=', '<', '<=', '>', '>=', 'like', 'in', 'between'];

function nameOf(tokens: readonly Token[], index: number): string | undefined {
  const before = tokens[index - 1];
  if (isToken(before, 'limit', 'offset')) return before?.text.toUpperCase();
  // `day BETWEEN ? AND ?`, `city IN (?, ?)`
  let at = index - 1;
  while (at > 0 && (tokens[at]?.type === 'parameter' || isToken(tokens[at], ',', '(', 'and'))) at -= 1;
  if (!isToken(tokens[at], ...COMPARISONS)) return undefined;
  if (isToken(tokens[at - 1], 'not')) at -= 1;
  const name = tokens[at - 1];
  return isName(name) ? name.value : undefined;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The value as a literal of SQL, which is what Athena takes; undefined for what is none of its type. */
export function literalOf({ type, text }: ParameterValue): string | undefined {
  const written = text.trim();
  switch (type) {
    case 'text':
      return `'${text.replaceAll("'", "''")}'`;
    case 'number':
      return NUMBER.test(written) ? written : undefined;
    case 'date':
      return DATE.test(written) ? `DATE '${written}'` : undefined;
    case 'timestamp':
      return TIMESTAMP.test(written) ? `TIMESTAMP '${written.replace('T', ' ')}'` : undefined;
    case 'boolean':
      return written === 'true' || written === 'false' ? written : undefined;
    case 'null':
      return 'NULL';
  }
}
