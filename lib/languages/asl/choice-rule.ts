/**
 * Choice rules of JSONPath machines.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
import type { ChoiceRule } from './definition.ts';
import type { Json } from './json.ts';
import { findAtPath } from './path.ts';
import type { Scope } from './scope.ts';
import { EvaluationError } from './states-error.ts';
import { parseTimestamp } from './timestamp.ts';

type Operand = 'string' | 'number' | 'boolean' | 'timestamp';
type Relation = (a: string | number | boolean, b: string | number | boolean) => boolean;

const RELATIONS: Record<string, Relation> = {
  Equals: (a, b) => a === b,
  LessThan: (a, b) => a < b,
  GreaterThan: (a, b) => a > b,
  LessThanEquals: (a, b) => a <= b,
  GreaterThanEquals: (a, b) => a >= b,
};

const OPERANDS: Record<string, Operand> = {
  String: 'string',
  Numeric: 'number',
  Boolean: 'boolean',
  Timestamp: 'timestamp',
};

interface Comparison {
  operand: Operand;
  relation: Relation;
  /** The other operand is at a path. */
  isPath: boolean;
}

/** Every comparison: `StringEquals`, `NumericLessThanPath`, … */
export const COMPARISONS: ReadonlyMap<string, Comparison> = allComparisons();

function allComparisons(): Map<string, Comparison> {
  const all = new Map<string, Comparison>();
  for (const [prefix, operand] of Object.entries(OPERANDS)) {
    for (const [name, relation] of Object.entries(RELATIONS)) {
      if (operand === 'boolean' && name !== 'Equals') continue;
      all.set(`${prefix}${name}`, { operand, relation, isPath: false });
      all.set(`${prefix}${name}Path`, { operand, relation, isPath: true });
    }
  }
  return all;
}

const TYPE_TESTS: Record<string, (value: Json) => boolean> = {
  IsNull: (value) => value === null,
  IsNumeric: (value) => typeof value === 'number',
  IsString: (value) => typeof value === 'string',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: (value) => typeof value === 'string' && parseTimestamp(value) !== undefined,
};

export const PRESENCE_TESTS: readonly string[] = ['IsPresent', ...Object.keys(TYPE_TESTS)];

const NOT_A_TEST = new Set(['Variable', 'Next', 'Comment', 'Assign', 'Output']);

/** The name of the comparison in a rule that compares a variable. */
export function comparisonOf(rule: ChoiceRule): string | undefined {
  return Object.keys(rule).find((key) => !NOT_A_TEST.has(key));
}

export function matchesChoice(rule: ChoiceRule, scope: Scope): boolean {
  if (rule.And) return rule.And.every((inner) => matchesChoice(inner, scope));
  if (rule.Or) return rule.Or.some((inner) => matchesChoice(inner, scope));
  if (rule.Not) return !matchesChoice(rule.Not, scope);
  const comparison = comparisonOf(rule) ?? '';
  const value = findAtPath(rule.Variable ?? '$', scope);
  const wanted = rule[comparison] as Json;
  if (comparison === 'IsPresent') return (value !== undefined) === wanted;
  if (value === undefined) throw unreachable(rule.Variable ?? '$');
  const typeTest = TYPE_TESTS[comparison];
  if (typeTest) return typeTest(value) === wanted;
  if (comparison === 'StringMatches') return typeof value === 'string' && matchesWildcards(value, String(wanted));
  return compare(comparison, value, wanted, scope);
}

/** Values of another type than the comparison's are never a match, as in AWS. */
function compare(name: string, value: Json, wanted: Json, scope: Scope): boolean {
  const comparison = COMPARISONS.get(name);
  if (!comparison) throw new EvaluationError('States.Runtime', `Unknown comparison ${name}`);
  const right = comparison.isPath ? findAtPath(String(wanted), scope) : wanted;
  if (right === undefined) throw unreachable(String(wanted));
  const [a, b] = [comparable(value, comparison.operand), comparable(right, comparison.operand)];
  return a !== undefined && b !== undefined && comparison.relation(a, b);
}

function comparable(value: Json, operand: Operand): string | number | boolean | undefined {
  if (operand === 'timestamp') return typeof value === 'string' ? parseTimestamp(value) : undefined;
  return typeof value === operand ? (value as string | number | boolean) : undefined;
}

/** `*` stands for any characters, `\*` for a star. Linear in practice: the pattern is cut at its stars. */
export function matchesWildcards(value: string, pattern: string): boolean {
  const parts = wildcardParts(pattern);
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return value === first;
  const last = rest.pop() ?? '';
  if (!value.startsWith(first) || !value.endsWith(last) || value.length < first.length + last.length) return false;
  let from = first.length;
  const end = value.length - last.length;
  for (const part of rest) {
    const at = value.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}

/** The literal texts between the stars of `pattern`. */
function wildcardParts(pattern: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const [token, escaped] of pattern.matchAll(/\\(.)|./gs)) {
    if (token === '*') {
      parts.push(part);
      part = '';
    } else part += escaped ?? token;
  }
  return [...parts, part];
}

function unreachable(path: string): EvaluationError {
  return new EvaluationError(
    'States.Runtime',
    `Invalid path '${path}': The choice state's condition path references an invalid value.`,
  );
}
