import { kindsOfValue, parseCondition, startsCondition, text, valuesOf } from './parse-condition.ts';
import { type ConditionKind, findRuleType, RULE_TYPES, type RuleType } from './rule-types.ts';
import type { Analyzer, Condition, Label, Parameter, Rule, SimpleRule, Span, Tag, Value } from './ruleset.ts';
import { signatureOf } from './signature.ts';
import type { SyntaxErrorCode } from './syntax-error.ts';
import type { TokenReader } from './token-reader.ts';

const MAX_DEPTH = 50;
const MAX_LABELS = 10;
const MAX_LABEL_KEY = 128;
const MAX_LABEL_VALUE = 256;

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
  if (depth > MAX_DEPTH) throw reader.error('deepRules', start);
  if (!reader.take('(')) return parseSimpleRule(reader);
  const rule = parseRule(reader, depth + 1);
  reader.expect(')');
  return rule;
}

function parseSimpleRule(reader: TokenReader): SimpleRule {
  const start = reader.peek();
  const { type, parameters } = parseHead(reader, 'rule');
  const condition = startsCondition(reader) ? parseCondition(reader) : undefined;
  const where = reader.take('where') ? text(reader, 'sql') : undefined;
  if (where?.value.trim() === '') throw reader.error('emptyWhere', where.at);
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
  if (name === 'CustomSql' && condition && threshold) throw reader.error('conditionAndThreshold', threshold.at);
  if (name === 'FileMatch' && !condition && parameters.length < 2) throw reader.error('fileMatchWithout', at);
}

export function parseAnalyzer(reader: TokenReader): Analyzer {
  const start = reader.peek();
  const { type, parameters } = parseHead(reader, 'analyzer');
  return { type: type.name, parameters, at: reader.since(start) };
}

function parseHead(reader: TokenReader, role: 'rule' | 'analyzer'): { type: RuleType; parameters: Parameter[] } {
  const start = reader.peek();
  const { value: name } = reader.expectType('word', role);
  const type = findRuleType(name);
  const near = closest(name);
  if (!type && near) throw reader.error('nearRule', start, { name, near });
  if (!type) throw reader.error('unknownRule', start, { name });
  if (role === 'rule' && !type.isRule) throw reader.error('onlyAnalyzer', start, { type: name });
  if (role === 'analyzer' && !type.isAnalyzer) throw reader.error('noAnalyzer', start, { type: name });
  const parameters = parseParameters(reader);
  const least = type.parameters.filter(({ isOptional }) => !isOptional).length;
  const most = type.parameters.some(({ isMany }) => isMany) ? Number.POSITIVE_INFINITY : type.parameters.length;
  const example = signatureOf(type);
  const missing = type.parameters[parameters.length]?.name ?? '';
  if (parameters.length < least) throw reader.unexpected('parameter', { parameter: missing, type: name, example });
  const extra = parameters[most];
  if (extra) throw reader.error(tooMany(most), extra.at, { type: name, most, example });
  return { type, parameters };
}

/** `nothing`, `one parameter` or so many of them. */
function tooMany(most: number): SyntaxErrorCode {
  return most === 0 ? 'noParameter' : most === 1 ? 'oneParameter' : 'tooManyParameters';
}

/** The type that is only written in other letters. */
function closest(name: string): string | undefined {
  return RULE_TYPES.find((type) => type.name.toLowerCase() === name.toLowerCase())?.name;
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
  const name = reader.expectType('word', 'tag');
  if (name.value === 'threshold' && !type.hasThreshold)
    throw reader.error('noThreshold', reader.since(start), { type: type.name });
  if (!startsCondition(reader)) throw reader.unexpected('conditionFor', { name: name.value });
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
  if (labels.length === 0) throw reader.error('noLabel', at);
  if (labels.length > MAX_LABELS) throw reader.error('tooManyLabels', at, { most: MAX_LABELS });
  const double = labels.find(({ key }, index) => labels.findIndex((label) => label.key === key) !== index);
  if (double) throw reader.error('doubleLabel', at, { key: double.key });
  return labels;
}

function parseLabel(reader: TokenReader): Label {
  const key = text(reader, 'labelKey');
  reader.expect('=');
  const value = text(reader, 'labelValue');
  for (const [part, most] of [
    [key, MAX_LABEL_KEY],
    [value, MAX_LABEL_VALUE],
  ] as const) {
    if (part.value === '') throw reader.error('emptyLabel', part.at);
    if (part.value.length > most) throw reader.error('longLabel', part.at, { most });
  }
  return { key: key.value, value: value.value };
}

function checkCondition(reader: TokenReader, type: RuleType, condition: Condition | undefined): void {
  if (!condition && type.condition === 'required')
    throw reader.unexpected('conditionOf', { type: type.name, example: signatureOf(type) });
  if (!condition) return;
  if (type.condition === 'none') throw reader.error('noCondition', condition.at, { type: type.name });
  checkKinds(reader, type.name, type.kinds, condition);
}

/** All values of a condition are of one kind, which the rule type takes. */
function checkKinds(reader: TokenReader, name: string, kinds: ConditionKind[], condition: Condition): void {
  const isOrdered = condition.op !== '=' && condition.op !== '!=' && condition.op !== 'in';
  let possible = kinds.filter((kind) => (condition.op === 'matches' ? kind === 'text' : !isOrdered || kind !== 'text'));
  if (possible.length === 0) throw reader.error('notComparable', condition.at, { type: name, operator: condition.op });
  for (const value of valuesOf(condition)) {
    checkOperands(reader, value);
    const own = kindsOfValue(value);
    const both = possible.filter((kind) => own.includes(kind));
    if (both.length === 0) throw reader.error('wrongKind', value.at, { kinds: possible.join(','), type: name });
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
      throw reader.error(operand.kind === 'now' ? 'momentWithoutBrackets' : 'notCalculable', operand.at);
    checkOperands(reader, operand);
  }
}
