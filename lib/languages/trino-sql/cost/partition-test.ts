import type { Expression } from '../syntax.ts';
import type { ScanFilter } from './scan-scope.ts';

/** What an expression is for one partition; undefined where that cannot be told from the partition's values alone. */
type Value = { kind: 'text' | 'date'; text: string } | { kind: 'number'; number: number } | boolean | null | undefined;

export interface PartitionKey {
  name: string;
  /** Hive's: `string`, `int`, `date`, … */
  type: string;
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Returns whether a query can need rows of a partition. Trino evaluates the conditions on partition columns for each
 * partition, whatever functions stand around them; what is not understood here keeps the partition. Values that are not
 * known yet are undefined.
 */
export function partitionTest(
  filters: readonly ScanFilter[],
  keys: readonly PartitionKey[],
  today: string,
): (values: readonly (string | undefined)[]) => boolean {
  return (values) =>
    filters.every(({ term, columnOf }) => {
      const value = new PartitionValues(keys, values, columnOf, today).evaluate(term);
      return value === undefined || value === true;
    });
}

class PartitionValues {
  readonly #keys: readonly PartitionKey[];
  readonly #values: readonly (string | undefined)[];
  readonly #columnOf: ScanFilter['columnOf'];
  readonly #today: string;

  constructor(
    keys: readonly PartitionKey[],
    values: readonly (string | undefined)[],
    columnOf: ScanFilter['columnOf'],
    today: string,
  ) {
    this.#keys = keys;
    this.#values = values;
    this.#columnOf = columnOf;
    this.#today = today;
  }

  evaluate(expression: Expression): Value {
    const of = (inner: Expression) => this.evaluate(inner);
    switch (expression.type) {
      case 'null':
        return null;
      case 'true':
        return true;
      case 'false':
        return false;
      case 'string':
        return { kind: 'text', text: expression.value };
      case 'number':
        return { kind: 'number', number: Number(expression.text) };
      case 'typed':
        return expression.name.name.toLowerCase() === 'date'
          ? asDate({ kind: 'text', text: expression.value })
          : undefined;
      case 'column':
      case 'field':
        return this.#column(expression);
      case 'cast':
        return cast(of(expression.of), expression.to.name.toLowerCase());
      case 'call':
        return this.#call(expression.call);
      case 'extract':
        return datePart(expression.field, of(expression.of));
      case 'binary-operation':
        return binary(expression.operator, of(expression.left), expression.right, of);
      case 'logical':
        return logical(expression.operator, expression.terms.map(of));
      case 'not':
        return negated(of(expression.of));
      case 'is-null': {
        const value = of(expression.of);
        return value === undefined ? undefined : (value === null) !== expression.negated;
      }
      case 'between': {
        const [value, low, high] = [of(expression.of), of(expression.low), of(expression.high)];
        const inside = logical('AND', [compare('>=', value, low), compare('<=', value, high)]);
        return expression.negated ? negated(inside) : inside;
      }
      case 'in': {
        if (!expression.items) return undefined;
        const value = of(expression.of);
        const found = logical(
          'OR',
          expression.items.map((item) => compare('=', value, of(item))),
        );
        return expression.negated ? negated(found) : found;
      }
      case 'like':
        return like(expression, of);
      default:
        return undefined;
    }
  }

  #column(expression: Expression): Value {
    const name = this.#columnOf(expression);
    const index = this.#keys.findIndex((key) => key.name === name);
    const value = this.#values[index];
    if (index < 0 || value === undefined) return undefined;
    // Hive's name of a partition whose value is null.
    if (value === '__HIVE_DEFAULT_PARTITION__') return null;
    const type = this.#keys[index]?.type.toLowerCase() ?? '';
    if (/^(tinyint|smallint|int|integer|bigint)$/.test(type)) return { kind: 'number', number: Number(value) };
    if (type === 'date') return asDate({ kind: 'text', text: value });
    return /^(string|varchar|char)/.test(type) ? { kind: 'text', text: value } : undefined;
  }

  #call({ name, args }: Extract<Expression, { type: 'call' }>['call']): Value {
    const values = args.map((arg) => this.evaluate(arg));
    const [first, second, third] = values;
    if (values.includes(undefined)) return undefined;
    if (values.includes(null)) return null;
    switch (name.map((part) => part.name.toLowerCase()).join('.')) {
      case 'current_date':
        return { kind: 'date', text: this.#today };
      case 'date':
        return asDate(first);
      case 'year':
      case 'month':
      case 'day':
        return datePart(name[0]?.name ?? '', first);
      case 'lower':
        return isText(first) ? { ...first, text: first.text.toLowerCase() } : undefined;
      case 'upper':
        return isText(first) ? { ...first, text: first.text.toUpperCase() } : undefined;
      case 'substr':
      case 'substring':
        return substring(first, second, third);
      case 'concat':
        return values.every(isText) ? { kind: 'text', text: values.map(({ text }) => text).join('') } : undefined;
      default:
        return undefined;
    }
  }
}

function isText(value: Value): value is { kind: 'text'; text: string } {
  return typeof value === 'object' && value !== null && value.kind === 'text';
}

function asDate(value: Value): Value {
  if (value === null || value === undefined || typeof value === 'boolean') return value === null ? null : undefined;
  if (value.kind === 'date') return value;
  return value.kind === 'text' && ISO_DATE.test(value.text) ? { kind: 'date', text: value.text } : undefined;
}

function cast(value: Value, type: string): Value {
  if (value === null || value === undefined || typeof value === 'boolean') return value === null ? null : undefined;
  if (type === 'date') return asDate(value);
  if (type === 'varchar') return { kind: 'text', text: value.kind === 'number' ? String(value.number) : value.text };
  if (!/^(tinyint|smallint|int|integer|bigint)$/.test(type)) return undefined;
  if (value.kind === 'number') return value;
  return value.kind === 'text' && /^-?\d{1,15}$/.test(value.text)
    ? { kind: 'number', number: Number(value.text) }
    : undefined;
}

function datePart(field: string, value: Value): Value {
  if (value === null) return null;
  if (value === undefined || typeof value === 'boolean' || value.kind !== 'date') return undefined;
  const index = ['year', 'month', 'day'].indexOf(field.toLowerCase());
  return index < 0 ? undefined : { kind: 'number', number: Number(value.text.split('-')[index]) };
}

function substring(value: Value, start: Value, length: Value): Value {
  if (!isText(value) || !isNumber(start) || start.number < 1) return undefined;
  if (length !== undefined && !isNumber(length)) return undefined;
  const from = start.number - 1;
  return { kind: 'text', text: value.text.slice(from, length === undefined ? undefined : from + length.number) };
}

function isNumber(value: Value): value is { kind: 'number'; number: number } {
  return typeof value === 'object' && value !== null && value.kind === 'number';
}

function binary(operator: string, left: Value, rightSide: Expression, of: (e: Expression) => Value): Value {
  if (rightSide.type === 'interval') return moved(left, rightSide, operator);
  const right = of(rightSide);
  if (operator === '||')
    return isText(left) && isText(right) ? { kind: 'text', text: left.text + right.text } : undefined;
  return compare(operator, left, right);
}

/** A date some days later or earlier. */
function moved(value: Value, interval: Extract<Expression, { type: 'interval' }>, operator: string): Value {
  const date = asDate(value);
  const amount = Number(interval.value) * interval.sign * (operator === '-' ? -1 : 1);
  if (!date || typeof date === 'boolean' || date.kind !== 'date' || !Number.isInteger(amount)) return undefined;
  if (interval.from.toLowerCase() !== 'day' || interval.to || !/^[+-]$/.test(operator)) return undefined;
  const at = new Date(`${date.text}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + amount);
  return { kind: 'date', text: at.toISOString().slice(0, 10) };
}

const ORDERS: Record<string, (order: number) => boolean> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function compare(operator: string, left: Value, right: Value): Value {
  const holds = ORDERS[operator];
  if (left === null || right === null) return null;
  if (!holds || left === undefined || right === undefined) return undefined;
  if (typeof left === 'boolean' || typeof right === 'boolean' || left.kind !== right.kind) return undefined;
  if (left.kind === 'number') return holds(left.number - (right as { number: number }).number);
  const [a, b] = [left.text, (right as { text: string }).text];
  return holds(a < b ? -1 : a > b ? 1 : 0);
}

function logical(operator: 'AND' | 'OR', values: Value[]): Value {
  const decides = operator === 'OR';
  if (values.includes(decides)) return decides;
  if (values.includes(undefined)) return undefined;
  return values.includes(null) ? null : !decides;
}

function negated(value: Value): Value {
  return typeof value === 'boolean' ? !value : value === null ? null : undefined;
}

function like(expression: Extract<Expression, { type: 'like' }>, of: (e: Expression) => Value): Value {
  const [value, pattern] = [of(expression.of), of(expression.pattern)];
  if (value === null || pattern === null) return null;
  if (!isText(value) || !isText(pattern) || expression.escape) return undefined;
  const source = pattern.text
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${source}$`, 'su').test(value.text) !== expression.negated;
}
