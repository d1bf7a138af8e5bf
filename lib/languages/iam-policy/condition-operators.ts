/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
import { inCidr } from './cidr.ts';
import { compilePattern, type Lookup } from './pattern.ts';

/** Compares the request's value with a wanted one that was compiled before. */
export type Compare = (found: string, lookup: Lookup) => boolean;

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
    const number = Number(wanted);
    return (found) => holds(Number(found), number);
  };

const dated =
  (holds: (found: number, wanted: number) => boolean) =>
  (wanted: string): Compare => {
    const time = parseTime(wanted);
    return (found) => holds(parseTime(found), time);
  };

const exact = textual({ hasWildcards: false });
const exactFolded = textual({ hasWildcards: false, ignoreCase: true });
const like = textual({ hasWildcards: true });
const equal = (a: number, b: number) => a === b;
const less = (a: number, b: number) => a < b;
const atMost = (a: number, b: number) => a <= b;
const greater = (a: number, b: number) => a > b;
const atLeast = (a: number, b: number) => a >= b;
const ip =
  (wanted: string): Compare =>
  (found) =>
    inCidr(found, wanted);
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
  arnequals: is(like),
  arnlike: is(like),
  arnnotequals: isNot(like),
  arnnotlike: isNot(like),
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
  bool: is(exactFolded),
  binaryequals: is(exact),
  ipaddress: is(ip),
  notipaddress: isNot(ip),
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

function parseTime(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}
