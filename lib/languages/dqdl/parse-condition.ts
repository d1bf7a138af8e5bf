import type { ConditionKind } from './rule-types.ts';
import type {
  Comparison,
  Condition,
  DurationUnit,
  Keyword,
  SizeUnit,
  Span,
  Text,
  Value,
  VariableReference,
} from './ruleset.ts';
import type { ExpectedCode } from './syntax-error.ts';
import type { TokenReader } from './token-reader.ts';

const DURATION_UNITS = ['minutes', 'hours', 'days'];
const SIZE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];
const COMPARISONS = ['=', '!=', '>', '>=', '<', '<='];
/** Nesting beyond this is refused, as it would exhaust the stack. */
const MAX_DEPTH = 100;

export function startsCondition(reader: TokenReader): boolean {
  return reader.is(...COMPARISONS, 'between', 'in', 'matches', 'not');
}

export function parseCondition(reader: TokenReader): Condition {
  const start = reader.peek();
  if (reader.is(...COMPARISONS)) {
    const op = reader.next().value as Comparison;
    const value = parseValue(reader);
    return { op, value, at: reader.since(start) };
  }
  const negated = reader.take('not');
  if (reader.take('between')) {
    const low = parseValue(reader);
    if (!reader.take('and', 'AND')) throw reader.unexpected('upperBound');
    const high = parseValue(reader);
    return { op: 'between', negated, low, high, at: reader.since(start) };
  }
  if (reader.take('in')) {
    const values = parseValues(reader);
    return { op: 'in', negated, values, at: reader.since(start) };
  }
  if (reader.take('matches')) {
    const pattern = parseText(reader, 'pattern');
    return { op: 'matches', negated, pattern, at: reader.since(start) };
  }
  throw reader.unexpected(negated ? 'negated' : 'condition');
}

function parseValues(reader: TokenReader): Value[] | VariableReference {
  if (reader.peek().type === 'variable') return variable(reader);
  const open = reader.expect('[', 'list');
  const values = reader.list(() => parseValue(reader));
  if (values.length === 0) throw reader.error('emptyList', reader.since(open));
  return values;
}

function parseText(reader: TokenReader, expected: ExpectedCode): Text | VariableReference {
  if (reader.peek().type === 'variable') return variable(reader);
  return text(reader, expected);
}

export function text(reader: TokenReader, expected: ExpectedCode): Text {
  const { value, from, to } = reader.expectType('text', expected);
  return { kind: 'text', value, at: { from, to } };
}

function variable(reader: TokenReader): VariableReference {
  const { value, from, to } = reader.next();
  return { kind: 'variable', name: value, at: { from, to } };
}

export function parseValue(reader: TokenReader, depth = 0): Value {
  const start = reader.peek();
  if (depth > MAX_DEPTH) throw reader.error('deepExpression', start);
  let left = parseTerm(reader, depth);
  while (reader.is('+', '-')) {
    const op = reader.next().value as '+' | '-';
    const right = parseTerm(reader, depth);
    left = { kind: 'operation', op, left, right, at: reader.since(start) };
  }
  return left;
}

function parseTerm(reader: TokenReader, depth: number): Value {
  const start = reader.peek();
  let left = parseAtom(reader, depth);
  while (reader.is('*', '/')) {
    const op = reader.next().value as '*' | '/';
    const right = parseAtom(reader, depth);
    left = { kind: 'operation', op, left, right, at: reader.since(start) };
  }
  return left;
}

function parseAtom(reader: TokenReader, depth: number): Value {
  const start = reader.peek();
  if (reader.take('(')) return parseGroup(reader, start, depth);
  if (start.type === 'text') return text(reader, 'text');
  if (start.type === 'variable') return variable(reader);
  if (start.type === 'number' || reader.is('-')) return parseNumber(reader);
  if (start.type !== 'word' || RESERVED.includes(start.value)) throw reader.unexpected('value');
  reader.next();
  const keyword = start.value.toUpperCase();
  if (start.value === keyword || start.value === keyword.toLowerCase())
    if (['NULL', 'EMPTY', 'WHITESPACES_ONLY'].includes(keyword))
      return { kind: 'keyword', value: keyword as Keyword, at: reader.since(start) };
  if (!reader.is('(')) throw reader.unexpected('value', {}, start);
  reader.next();
  const values = reader.list(() => parseValue(reader, depth + 1), ')');
  if (start.value !== 'now') return { kind: 'call', name: start.value, arguments: values, at: reader.since(start) };
  if (values.length > 0) throw reader.error('nowTakesNothing', reader.since(start));
  return { kind: 'now', at: reader.since(start) };
}

const RESERVED = ['and', 'AND', 'or', 'OR', 'with', 'where', 'labels', 'not', 'in', 'between', 'matches'];

/** `(0.9 * avg(last(10)))`, or a moment: `(now() - 3 days)`. */
function parseGroup(reader: TokenReader, start: Span, depth: number): Value {
  const value = parseValue(reader, depth + 1);
  reader.expect(')');
  const at = reader.since(start);
  if (value.kind !== 'operation' || value.left.kind !== 'now') return { kind: 'group', value, at };
  const { op, right } = value;
  if (right.kind !== 'duration' || (op !== '+' && op !== '-')) throw reader.error('nowWithoutDuration', right.at);
  return { kind: 'now', offset: { sign: op, amount: right.amount, unit: right.unit }, at };
}

function parseNumber(reader: TokenReader): Value {
  const start = reader.peek();
  const sign = reader.take('-') ? '-' : '';
  const { value } = reader.expectType('number', 'number');
  if (sign === '' && reader.is(...DURATION_UNITS))
    return {
      kind: 'duration',
      amount: Number(value),
      unit: reader.next().value as DurationUnit,
      at: reader.since(start),
    };
  if (sign === '' && reader.is(...SIZE_UNITS))
    return { kind: 'size', amount: Number(value), unit: reader.next().value as SizeUnit, at: reader.since(start) };
  return { kind: 'number', text: `${sign}${value}`, at: reader.since(start) };
}

/** A date or a time of day in quotes, as DQDL knows them. */
export const isDateText = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$/.test(value) || isTimeText(value);
export const isTimeText = (value: string): boolean => /^\d{1,2}:\d{2}( [AP]M)?$/.test(value);

/** The kinds of conditions that a value can stand in; none where it cannot stand at all. */
export function kindsOfValue(value: Value): ConditionKind[] {
  switch (value.kind) {
    case 'number':
    case 'call':
    case 'operation':
    case 'group':
      return ['number'];
    case 'text':
      return isDateText(value.value) ? ['text', 'date'] : ['text'];
    case 'keyword':
      return value.value === 'NULL' ? ['number', 'text', 'date'] : ['text'];
    case 'variable':
      return ['number', 'text', 'date'];
    case 'now':
      return ['date'];
    default:
      return [value.kind];
  }
}

export function valuesOf(condition: Condition): Value[] {
  switch (condition.op) {
    case 'between':
      return [condition.low, condition.high];
    case 'in':
      return Array.isArray(condition.values) ? condition.values : [condition.values];
    case 'matches':
      return [condition.pattern];
    default:
      return [condition.value];
  }
}
