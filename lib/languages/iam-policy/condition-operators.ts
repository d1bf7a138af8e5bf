/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
import { compileArn } from './arn-pattern.ts';
import { compileCidr } from './cidr.ts';
import { compilePattern, type Matches } from './pattern.ts';

/** Compares the request's value with a wanted one that was compiled before. What is malformed equals nothing. */
export type Compare = Matches;

interface BaseOperator {
  compile: (wanted: string, hasVariables: boolean) => Compare;
  /** Negated operators hold when no wanted value matches, and when the request has no such key. */
  negated: boolean;
}

export interface Operator extends BaseOperator {
  name: string;
  ifExists: boolean;
  /** How values of a key that has many are taken. */
  set: 'ForAnyValue' | 'ForAllValues' | undefined;
}

const textual =
  (options: { ignoreCase?: boolean; hasWildcards: boolean }) =>
  (wanted: string, hasVariables: boolean): Compare =>
    compilePattern(wanted, { ...options, hasVariables });

const numeric =
  (holds: (found: number, wanted: number) => boolean) =>
  (wanted: string): Compare => {
    const number = parseNumber(wanted);
    return (found) => holds(parseNumber(found), number);
  };

const dated =
  (holds: (found: number, wanted: number) => boolean) =>
  (wanted: string): Compare => {
    const time = parseTime(wanted);
    return (found) => holds(parseTime(found), time);
  };

const boolean = (wanted: string, hasVariables: boolean): Compare => {
  const matches = exactFolded(wanted, hasVariables);
  return (found, lookup) => /^(?:true|false)$/i.test(found) && matches(found, lookup);
};

/** Both sides are base64 of the bytes that are compared. */
const binary = (wanted: string): Compare => {
  const bytes = decodeBase64(wanted);
  return (found) => bytes !== undefined && decodeBase64(found) === bytes;
};

const exact = textual({ hasWildcards: false });
const exactFolded = textual({ hasWildcards: false, ignoreCase: true });
const like = textual({ hasWildcards: true });
const equal = (a: number, b: number) => a === b;
const less = (a: number, b: number) => a < b;
const atMost = (a: number, b: number) => a <= b;
const greater = (a: number, b: number) => a > b;
const atLeast = (a: number, b: number) => a >= b;
const is = (compile: BaseOperator['compile']): BaseOperator => ({ compile, negated: false });
const isNot = (compile: BaseOperator['compile']): BaseOperator => ({ compile, negated: true });

const OPERATORS: Record<string, BaseOperator> = {
  stringequals: is(exact),
  stringnotequals: isNot(exact),
  stringequalsignorecase: is(exactFolded),
  stringnotequalsignorecase: isNot(exactFolded),
  stringlike: is(like),
  stringnotlike: isNot(like),
  // ArnEquals and ArnLike behave identically, says the page above.
  arnequals: is(compileArn),
  arnlike: is(compileArn),
  arnnotequals: isNot(compileArn),
  arnnotlike: isNot(compileArn),
  numericequals: is(numeric(equal)),
  numericnotequals: isNot(numeric(equal)),
  numericlessthan: is(numeric(less)),
  numericlessthanequals: is(numeric(atMost)),
  numericgreaterthan: is(numeric(greater)),
  numericgreaterthanequals: is(numeric(atLeast)),
  dateequals: is(dated(equal)),
  datenotequals: isNot(dated(equal)),
  datelessthan: is(dated(less)),
  datelessthanequals: is(dated(atMost)),
  dategreaterthan: is(dated(greater)),
  dategreaterthanequals: is(dated(atLeast)),
  bool: is(boolean),
  binaryequals: is(binary),
  ipaddress: is(compileCidr),
  notipaddress: isNot(compileCidr),
  // Handled by the presence of the key alone.
  null: is(exactFolded),
};

/** Reads `ForAnyValue:StringLikeIfExists`; undefined when there is no such operator. */
export function parseOperator(text: string): Operator | undefined {
  const [, set, name = '', suffix] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/i.exec(text) ?? [];
  const base = Object.hasOwn(OPERATORS, name.toLowerCase()) ? OPERATORS[name.toLowerCase()] : undefined;
  if (!base || (name.toLowerCase() === 'null' && suffix)) return undefined;
  return {
    ...base,
    name: name.toLowerCase(),
    ifExists: suffix !== undefined,
    set: set === undefined ? undefined : set.toLowerCase() === 'foranyvalue' ? 'ForAnyValue' : 'ForAllValues',
  };
}

/** Whole and decimal numbers alone: not what a programming language would also take for one. */
function parseNumber(text: string): number {
  return /^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

/** https://www.w3.org/TR/NOTE-datetime, which asks for a time zone wherever there is a time. */
const W3C_TIME = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/;

/** Milliseconds of such a time or of seconds since the epoch; four digits are a year. */
function parseTime(text: string): number {
  if (W3C_TIME.test(text)) return Date.parse(text);
  return /^\d+$/.test(text) ? Number(text) * 1000 : Number.NaN;
}

function decodeBase64(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}
