import { parseOperator } from './condition-operators.ts';
import type { Condition } from './policy.ts';

/** What each operator says of a key and its values, by the operator's name without set and suffix. */
const OPERATORS = {
  stringequals: 'whenIs',
  stringnotequals: 'whenIsNot',
  stringequalsignorecase: 'whenIsInAnyCase',
  stringnotequalsignorecase: 'whenIsNotInAnyCase',
  stringlike: 'whenIsLike',
  stringnotlike: 'whenIsNotLike',
  arnequals: 'whenIsLike',
  arnlike: 'whenIsLike',
  arnnotequals: 'whenIsNotLike',
  arnnotlike: 'whenIsNotLike',
  numericequals: 'whenIs',
  numericnotequals: 'whenIsNot',
  numericlessthan: 'whenBelow',
  numericlessthanequals: 'whenAtMost',
  numericgreaterthan: 'whenAbove',
  numericgreaterthanequals: 'whenAtLeast',
  dateequals: 'whenIs',
  datenotequals: 'whenIsNot',
  datelessthan: 'whenBefore',
  datelessthanequals: 'whenNotAfter',
  dategreaterthan: 'whenAfter',
  dategreaterthanequals: 'whenNotBefore',
  bool: 'whenIs',
  binaryequals: 'whenIs',
  ipaddress: 'whenFrom',
  notipaddress: 'whenNotFrom',
} as const;

export type ConditionWord =
  | (typeof OPERATORS)[keyof typeof OPERATORS]
  | 'whenAbsent'
  | 'whenPresent'
  | 'whenEncrypted'
  | 'whenUnencrypted'
  | 'whenMfa'
  | 'whenNoMfa'
  | 'whenPassedTo'
  | 'whenUnder'
  | 'whenForAccount'
  | 'whenForSource';

export interface WordedCondition {
  word: ConditionWord;
  key: string;
  values: readonly string[];
  /** Which of the request's values of a key that may have many: any of them, all of them, or the one. */
  set: 'any' | 'all' | 'one';
  /** `yes`: it holds as well where the request has no such key. */
  ifExists: 'yes' | 'no';
}

export function wordCondition({ operator: text, key, values }: Condition): WordedCondition {
  const operator = parseOperator(text);
  const set = operator?.set === 'ForAnyValue' ? 'any' : operator?.set === 'ForAllValues' ? 'all' : 'one';
  const ifExists = operator?.ifExists ? 'yes' : 'no';
  const word = knownWord(operator?.name ?? '', key, values) ?? operatorWord(operator?.name ?? '', values);
  return { word, key, values, set, ifExists };
}

function operatorWord(name: string, values: readonly string[]): ConditionWord {
  if (name === 'null') return isTrue(values) ? 'whenAbsent' : 'whenPresent';
  return Object.hasOwn(OPERATORS, name) ? OPERATORS[name as keyof typeof OPERATORS] : 'whenIs';
}

/** Conditions that everybody writes have words of their own. */
function knownWord(name: string, key: string, values: readonly string[]): ConditionWord | undefined {
  const isPositive = /^(string|arn)(equals|like|equalsignorecase)$/.test(name);
  switch (key.toLowerCase()) {
    case 'aws:securetransport':
      return name === 'bool' ? (isTrue(values) ? 'whenEncrypted' : 'whenUnencrypted') : undefined;
    case 'aws:multifactorauthpresent':
      return name === 'bool' ? (isTrue(values) ? 'whenMfa' : 'whenNoMfa') : undefined;
    case 'iam:passedtoservice':
      return isPositive ? 'whenPassedTo' : undefined;
    case 's3:prefix':
      return isPositive ? 'whenUnder' : undefined;
    case 'aws:sourceaccount':
      return isPositive ? 'whenForAccount' : undefined;
    case 'aws:sourcearn':
      return isPositive ? 'whenForSource' : undefined;
    default:
      return undefined;
  }
}

function isTrue(values: readonly string[]): boolean {
  return values.some((value) => value.toLowerCase() === 'true');
}
