/**
 * A ruleset of DQDL, the language of AWS Glue Data Quality, as it is read. `at` is where in the text a part stands;
 * everything else is what it says.
 * https://docs.aws.amazon.com/glue/latest/dg/dqdl.html, grammar: https://github.com/awslabs/dqdl
 */
export interface Span {
  from: number;
  to: number;
}

export interface Ruleset {
  metadata: DictionaryEntry[];
  dataSources: DictionaryEntry[];
  defaultLabels: Label[];
  variables: Variable[];
  rules: Rule[];
  analyzers: Analyzer[];
}

export interface DictionaryEntry {
  key: string;
  value: string | string[];
}

export interface Label {
  key: string;
  value: string;
}

/** `Regions = ["EU", "US"]`, referred to as `$Regions`. */
export interface Variable {
  name: string;
  value: Value | Value[];
  at: Span;
}

export type Rule = SimpleRule | CompositeRule;

export interface CompositeRule {
  kind: 'and' | 'or';
  rules: Rule[];
  at: Span;
}

export interface SimpleRule extends Analyzer {
  kind: 'rule';
  condition?: Condition;
  /** SQL that chooses the rows that are looked at. */
  where?: Text;
  /** `with threshold > 0.9`, `with recentFiles = 1`, … */
  tags: Tag[];
  labels: Label[];
}

export interface Analyzer {
  type: string;
  parameters: Parameter[];
  at: Span;
}

export type Parameter = Text | VariableReference;

export interface Text {
  kind: 'text';
  value: string;
  at: Span;
}

export interface VariableReference {
  kind: 'variable';
  name: string;
  at: Span;
}

export interface Tag {
  name: string;
  condition: Condition;
  at: Span;
}

export type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=';

export type Condition = { at: Span } & (
  | { op: Comparison; value: Value }
  | { op: 'between'; negated: boolean; low: Value; high: Value }
  | { op: 'in'; negated: boolean; values: Value[] | VariableReference }
  | { op: 'matches'; negated: boolean; pattern: Text | VariableReference }
);

export type DurationUnit = 'minutes' | 'hours' | 'days';
export type SizeUnit = 'B' | 'KB' | 'MB' | 'GB' | 'TB';
export type Keyword = 'NULL' | 'EMPTY' | 'WHITESPACES_ONLY';

export type Value =
  | Text
  | VariableReference
  | { kind: 'number'; text: string; at: Span }
  | { kind: 'keyword'; value: Keyword; at: Span }
  | { kind: 'now'; offset?: { sign: '+' | '-'; amount: number; unit: DurationUnit }; at: Span }
  | { kind: 'duration'; amount: number; unit: DurationUnit; at: Span }
  | { kind: 'size'; amount: number; unit: SizeUnit; at: Span }
  | { kind: 'call'; name: string; arguments: Value[]; at: Span }
  | { kind: 'operation'; op: '+' | '-' | '*' | '/'; left: Value; right: Value; at: Span }
  | { kind: 'group'; value: Value; at: Span };

/** The condition that `with threshold` gives, which says how many of the rows must pass. */
export function thresholdOf(rule: SimpleRule): Condition | undefined {
  return rule.tags.find(({ name }) => name === 'threshold')?.condition;
}

/** Every rule that is not composed of others, in the order of the text. */
export function simpleRules(rule: Rule): SimpleRule[] {
  return rule.kind === 'rule' ? [rule] : rule.rules.flatMap(simpleRules);
}
