/**
 * What can be wrong in the text of a ruleset, each by a code with its values: the sentences here are in English, as Glue
 * says its own; the console has them in the reader's language under the same codes.
 */
export type SyntaxValues = Record<string, string | number>;

const ERRORS = {
  unexpected: 'expected {expected}, found {found}',
  unexpectedEnd: 'expected {expected}, found the end of the text',
  badCharacter: `'{found}' cannot stand here`,
  openText: 'this text has no closing quote (")',
  emptyList: 'this list needs at least one value',
  deepExpression: 'this expression is nested too deeply',
  deepRules: 'these rules are nested too deeply',
  nowTakesNothing: 'now() takes nothing',
  nowWithoutDuration: 'expected a duration after now(), as in (now() - 3 days)',
  momentWithoutBrackets: 'a moment stands in brackets, as in (now() - 3 days)',
  notCalculable: 'only numbers can be calculated with',
  doubleSection: '{name} is there twice',
  noRules: 'a ruleset needs at least one rule or analyzer, as in Rules = [ RowCount > 0 ]',
  nearSection: `'{name}' is no section; did you mean {near}?`,
  noSection: `expected Rules = [ … ], found '{name}'`,
  oddVariable: 'a variable holds texts, numbers or dates',
  mixedList: 'a list holds either numbers or texts',
  unknownKey: 'expected {keys}',
  noVariable: 'there is no variable {name}; write {name} = … before Rules',
  emptyWhere: 'the SQL after where is empty',
  conditionAndThreshold: 'CustomSql takes a condition or a threshold, not both',
  fileMatchWithout: 'FileMatch needs checksums (in ["…"]) or two paths',
  unknownRule: `'{name}' is no rule type`,
  nearRule: `'{name}' is no rule type; did you mean {near}?`,
  onlyAnalyzer: '{type} can only be an analyzer',
  noAnalyzer: '{type} cannot be an analyzer',
  tooManyParameters: '{type} takes no more than {most} parameters, as in {example}',
  oneParameter: '{type} takes no more than one parameter, as in {example}',
  noParameter: '{type} takes no more than nothing, as in {example}',
  noThreshold: '{type} takes no threshold',
  noLabel: 'labels need at least one label',
  tooManyLabels: 'there can be {most} labels at most',
  doubleLabel: 'the label "{key}" is there twice',
  emptyLabel: 'a label can have neither an empty key nor an empty value',
  longLabel: 'this can have {most} characters at most',
  noCondition: '{type} takes no condition',
  notComparable: `{type} cannot be compared with '{operator}'`,
  wrongKind: 'expected {kinds} for {type}',
} as const;

/** What could have stood there. */
const EXPECTED = {
  sign: `'{sign}'`,
  listEnd: `',' or '{sign}'`,
  section: 'Rules, Analyzers or the name of a variable',
  ruleEnd: 'the end of the rule',
  rule: 'a rule',
  analyzer: 'an analyzer',
  parameter: 'the {parameter} of {type}, as in {example}',
  condition: 'a condition',
  conditionOf: 'the condition of {type}, as in {example}',
  conditionFor: 'a condition for {name}',
  tag: 'threshold or the name of a tag',
  upperBound: `'and' and the upper bound`,
  negated: `'between', 'in' or 'matches'`,
  list: `'[' or a variable`,
  value: 'a value',
  number: 'a number',
  text: 'a text in double quotes',
  pattern: 'a regular expression in double quotes',
  sql: 'SQL in double quotes',
  key: 'a key in double quotes',
  labelKey: 'the key of a label in double quotes',
  labelValue: 'the value of a label in double quotes',
} as const;

const KINDS = {
  number: 'a number',
  text: 'a text in quotes',
  date: 'a date',
  duration: 'a duration such as 24 hours',
  size: 'a size such as 5 MB',
} as const;

export type SyntaxErrorCode = keyof typeof ERRORS;
export type ExpectedCode = keyof typeof EXPECTED;

/** For whoever has sentences of their own for each. */
export const SYNTAX_ERRORS: Readonly<Record<'error' | 'expected' | 'kind', Readonly<Record<string, string>>>> = {
  error: ERRORS,
  expected: EXPECTED,
  kind: KINDS,
};

/** A list of values that are codes themselves is written `number,date`. */
export function syntaxMessage(code: SyntaxErrorCode, values: SyntaxValues): string {
  const { expected, kinds } = values;
  const words = {
    ...values,
    ...(expected ? { expected: fill(EXPECTED[expected as ExpectedCode], values) } : {}),
    ...(kinds
      ? {
          kinds: kindsOf(kinds)
            .map((kind) => KINDS[kind])
            .join(' or '),
        }
      : {}),
  };
  return fill(ERRORS[code], words);
}

export const kindsOf = (kinds: string | number) => String(kinds).split(',') as (keyof typeof KINDS)[];

function fill(sentence: string, values: SyntaxValues): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
