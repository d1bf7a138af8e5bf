import { kindsOfValue, parseCondition, startsCondition, text, valuesOf } from './parse-condition.ts';
import { type ConditionKind, findRuleType, RULE_TYPES, type RuleType } from './rule-types.ts';
import type { Analyzer, Condition, Label, Parameter, Rule, SimpleRule, Span, Tag, Value } from './ruleset.ts';
import { signatureOf } from './signature.ts';
import type { TokenReader } from './token-reader.ts';

const MAX_DEPTH = 50;
const MAX_LABELS = 10;
const MAX_LABEL_KEY = 128;
const MAX_LABEL_VALUE = 256;
const KIND_NAMES: Record<ConditionKind, string> = {
  number: 'a number',
  text: 'a text in quotes',
  date: 'a date',
  duration: 'a duration such as 24 hours',
  size: 'a size such as 5 MB',
};

/** `and` binds tighter than `or`. */
export function parseRule(reader: TokenReader, depth = 0): Rule {
  return parseComposite(reader, 'or', () => parseComposite(reader, 'and', () => parseOperand(reader, depth)));
}

function parseComposite(reader: TokenReader, kind: 'and' | 'or', operand: () => Rule): Rule {
  const start = reader.peek();
  const rules = [operand()];
  while (reader.take(kind, kind.toUpperCase())) rules.push(operand());
  return rules.length === 1 ? (rules[0] as Rule) : { kind, rules, at: reader.since(start) };
}

function parseOperand(reader: TokenReader, depth: number): Rule {
  const start = reader.peek();
  if (depth > MAX_DEPTH) throw reader.error('these rules are nested too deeply', start);
  if (!reader.take('(')) return parseSimpleRule(reader);
  const rule = parseRule(reader, depth + 1);
  reader.expect(')');
  return rule;
}

function parseSimpleRule(reader: TokenReader): SimpleRule {
  const start = reader.peek();
  const { type, parameters } = parseHead(reader, 'rule');
  const condition = startsCondition(reader) ? parseCondition(reader) : undefined;
  const where = reader.take('where') ? text(reader, 'SQL in double quotes') : undefined;
  if (where?.value.trim() === '') throw reader.error('the SQL after where is empty', where.at);
  const tags: Tag[] = [];
  while (reader.is('with')) tags.push(parseTag(reader, type));
  const labels = reader.is('labels') ? parseLabels(reader, reader.next()) : [];
  checkCondition(reader, type, condition);
  const at = reader.since(start);
  checkWhole(reader, type, parameters, condition, tags, at);
  return {
    kind: 'rule',
    type: type.name,
    parameters,
    ...(condition && { condition }),
    ...(where && { where }),
    tags,
    labels,
    at,
  };
}

/** What two types allow with or without a condition. */
function checkWhole(
  reader: TokenReader,
  { name }: RuleType,
  parameters: Parameter[],
  condition: Condition | undefined,
  tags: Tag[],
  at: Span,
): void {
  const threshold = tags.find((tag) => tag.name === 'threshold');
  if (name === 'CustomSql' && condition && threshold)
    throw reader.error('CustomSql takes a condition or a threshold, not both', threshold.at);
  if (name === 'FileMatch' && !condition && parameters.length < 2)
    throw reader.error('FileMatch needs checksums (in ["…"]) or two paths', at);
}

export function parseAnalyzer(reader: TokenReader): Analyzer {
  const start = reader.peek();
  const { type, parameters } = parseHead(reader, 'analyzer');
  return { type: type.name, parameters, at: reader.since(start) };
}

function parseHead(reader: TokenReader, role: 'rule' | 'analyzer'): { type: RuleType; parameters: Parameter[] } {
  const start = reader.peek();
  const { value: name } = reader.expectType('word', role === 'rule' ? 'a rule' : 'an analyzer');
  const type = findRuleType(name);
  if (!type) throw reader.error(`'${name}' is no rule type${closest(name)}`, start);
  if (role === 'rule' && !type.isRule) throw reader.error(`${name} can only be an analyzer`, start);
  if (role === 'analyzer' && !type.isAnalyzer) throw reader.error(`${name} cannot be an analyzer`, start);
  const parameters = parseParameters(reader);
  const least = type.parameters.filter(({ isOptional }) => !isOptional).length;
  const most = type.parameters.some(({ isMany }) => isMany) ? Number.POSITIVE_INFINITY : type.parameters.length;
  if (parameters.length < least)
    throw reader.unexpected(`${missing(type, parameters.length)}, as in ${signatureOf(type)}`);
  const extra = parameters[most];
  if (extra) throw reader.error(`${name} takes no more than ${counted(most)}, as in ${signatureOf(type)}`, extra.at);
  return { type, parameters };
}

const counted = (count: number) => (count === 1 ? 'one parameter' : count === 0 ? 'nothing' : `${count} parameters`);
const missing = (type: RuleType, index: number) => `the ${type.parameters[index]?.name ?? 'parameter'} of ${type.name}`;

function closest(name: string): string {
  const same = RULE_TYPES.find((type) => type.name.toLowerCase() === name.toLowerCase());
  return same ? `; did you mean ${same.name}?` : '';
}

const AFTER_PARAMETERS = ['and', 'AND', 'or', 'OR', 'where', 'with', 'labels', 'in', 'not', 'between', 'matches'];

function parseParameters(reader: TokenReader): Parameter[] {
  const parameters: Parameter[] = [];
  for (;;) {
    if (reader.is('of', 'OF') && isParameter(reader, 1)) reader.next();
    else if (reader.is('and', 'AND') && isParameter(reader, 1)) reader.next();
    else if (!isParameter(reader, 0)) return parameters;
    const { type, value, from, to } = reader.next();
    const at = { from, to };
    parameters.push(type === 'variable' ? { kind: 'variable', name: value, at } : { kind: 'text', value, at });
  }
}

/** After `and`, the name of a rule type begins another rule. */
function isParameter(reader: TokenReader, ahead: number): boolean {
  const { type, value } = reader.peek(ahead);
  if (type === 'text' || type === 'variable') return true;
  const startsRule = ahead > 0 && reader.is('and', 'AND') && findRuleType(value) !== undefined;
  return type === 'word' && !AFTER_PARAMETERS.includes(value) && !startsRule;
}

function parseTag(reader: TokenReader, type: RuleType): Tag {
  const start = reader.expect('with');
  const name = reader.expectType('word', 'threshold or the name of a tag');
  if (name.value === 'threshold' && !type.hasThreshold)
    throw reader.error(`${type.name} takes no threshold`, reader.since(start));
  if (!startsCondition(reader)) throw reader.unexpected(`a condition for ${name.value}`);
  const condition = parseCondition(reader);
  if (name.value === 'threshold') checkKinds(reader, 'threshold', ['number'], condition);
  return { name: name.value, condition, at: reader.since(start) };
}

/** What stands after `labels` or `DefaultLabels`. */
export function parseLabels(reader: TokenReader, start: Span): Label[] {
  reader.expect('=');
  reader.expect('[');
  const labels = reader.list(() => parseLabel(reader));
  const at = reader.since(start);
  if (labels.length === 0) throw reader.error('labels need at least one label', at);
  if (labels.length > MAX_LABELS) throw reader.error(`there can be ${MAX_LABELS} labels at most`, at);
  const double = labels.find(({ key }, index) => labels.findIndex((label) => label.key === key) !== index);
  if (double) throw reader.error(`the label "${double.key}" is there twice`, at);
  return labels;
}

function parseLabel(reader: TokenReader): Label {
  const key = text(reader, 'the key of a label in double quotes');
  reader.expect('=');
  const value = text(reader, 'the value of a label in double quotes');
  for (const [part, most] of [
    [key, MAX_LABEL_KEY],
    [value, MAX_LABEL_VALUE],
  ] as const) {
    if (part.value === '') throw reader.error('a label can have neither an empty key nor an empty value', part.at);
    if (part.value.length > most) throw reader.error(`this can have ${most} characters at most`, part.at);
  }
  return { key: key.value, value: value.value };
}

function checkCondition(reader: TokenReader, type: RuleType, condition: Condition | undefined): void {
  if (!condition && type.condition === 'required')
    throw reader.unexpected(`the condition of ${type.name}, as in ${signatureOf(type)}`);
  if (!condition) return;
  if (type.condition === 'none') throw reader.error(`${type.name} takes no condition`, condition.at);
  checkKinds(reader, type.name, type.kinds, condition);
}

/** All values of a condition are of one kind, which the rule type takes. */
function checkKinds(reader: TokenReader, name: string, kinds: ConditionKind[], condition: Condition): void {
  const isOrdered = condition.op !== '=' && condition.op !== '!=' && condition.op !== 'in';
  let possible = kinds.filter((kind) => (condition.op === 'matches' ? kind === 'text' : !isOrdered || kind !== 'text'));
  if (possible.length === 0) throw reader.error(`${name} cannot be compared with '${condition.op}'`, condition.at);
  for (const value of valuesOf(condition)) {
    checkOperands(reader, value);
    const own = kindsOfValue(value);
    const both = possible.filter((kind) => own.includes(kind));
    if (both.length === 0)
      throw reader.error(`expected ${possible.map((kind) => KIND_NAMES[kind]).join(' or ')} for ${name}`, value.at);
    possible = both;
  }
}

function checkOperands(reader: TokenReader, value: Value): void {
  const operands =
    value.kind === 'operation'
      ? [value.left, value.right]
      : value.kind === 'group'
        ? [value.value]
        : value.kind === 'call'
          ? value.arguments
          : [];
  for (const operand of operands) {
    if (!kindsOfValue(operand).includes('number') || operand.kind === 'keyword')
      throw reader.error(
        operand.kind === 'now'
          ? 'a moment stands in brackets, as in (now() - 3 days)'
          : 'only numbers can be calculated with',
        operand.at,
      );
    checkOperands(reader, operand);
  }
}
