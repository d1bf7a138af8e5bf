/**
 * Rules of single rows as SQL that is true for the rows that pass and false for all others, never NULL.
 *
 * As Glue has it: `between` leaves its bounds out; NULL fails but for `!=` and `not in`; a NULL is as long as an empty text;
 * a pattern must match the whole value.
 * https://docs.aws.amazon.com/glue/latest/dg/dqdl-rule-types-ColumnValues.html
 */
import { momentOf } from './moment-value.ts';
import type { NumberValues } from './number-value.ts';
import { isDateText, valuesOf } from './parse-condition.ts';
import { RuleError } from './rule-error.ts';
import type { Condition, Keyword, SimpleRule, Value } from './ruleset.ts';
import { numberSql, quoteName, quoteText, timestampSql } from './sql-text.ts';
import { type ColumnKind, getColumn, kindOfColumn, type TableColumn } from './table.ts';

export interface PredicateContext {
  columns: TableColumn[];
  now: Date;
  numbers: NumberValues;
}

export function rowPredicate(rule: SimpleRule, context: PredicateContext): string | undefined {
  const name = rule.parameters[0]?.kind === 'text' ? rule.parameters[0].value : '';
  switch (rule.type) {
    case 'IsComplete':
    case 'Completeness':
      return `${quoteName(getColumn(context.columns, name).name)} IS NOT NULL`;
    case 'ColumnValues':
      return columnValues(rule, getColumn(context.columns, name), context);
    case 'ColumnLength':
      return columnLength(rule, getColumn(context.columns, name), context);
    case 'ColumnDataType':
      return columnDataType(rule, getColumn(context.columns, name));
    case 'DataFreshness':
      return dataFreshness(rule, getColumn(context.columns, name), context.now);
    default:
      return undefined;
  }
}

const needCondition = ({ condition }: SimpleRule): Condition => condition as Condition;

function columnLength(rule: SimpleRule, column: TableColumn, { numbers }: PredicateContext): string {
  const length = `coalesce(length(${asText(column)}), 0)`;
  return compareSql(length, needCondition(rule), (value) => numberSql(numbers.number(value)));
}

function columnValues(rule: SimpleRule, column: TableColumn, context: PredicateContext): string {
  const condition = needCondition(rule);
  const { of, literal } = operands(condition, column, context);
  const folds = rule.tags.some(({ name, condition: tag }) => name === 'ignoreCase' && isTrue(tag));
  const value = folds ? `lower(${of})` : of;
  const fold = (one: Value) => (folds ? `lower(${literal(one)})` : literal(one));
  return withNulls(
    condition,
    compareSql(value, condition, fold, (keyword) => keywordSql(column, keyword)),
  );
}

const isTrue = (condition: Condition) =>
  condition.op === '=' && condition.value.kind === 'text' && condition.value.value.toLowerCase() === 'true';

/** `!=` and `not in` let NULL pass, unless NULL itself is named. */
function withNulls(condition: Condition, sql: string): string {
  const namesNull = valuesOf(condition).some((value) => value.kind === 'keyword' && value.value === 'NULL');
  const letsNull = (condition.op === '!=' || (condition.op === 'in' && condition.negated)) && !namesNull;
  return `coalesce(${sql}, ${letsNull})`;
}

/** What is compared, as numbers, moments or texts, by what stands on the other side. */
function operands(condition: Condition, column: TableColumn, { now, numbers }: PredicateContext) {
  const values = valuesOf(condition).filter(({ kind }) => kind !== 'keyword');
  const kind = kindOfColumn(column);
  const name = quoteName(column.name);
  if (values.length === 0) return { of: name, literal: () => 'NULL' };
  if (values.every((value) => isNumeric(value, kind)))
    return { of: asNumber(column), literal: (value: Value) => numberSql(numberOf(value, numbers)) };
  if (isOfMoments(condition, values, kind)) {
    const areDays = kind === 'date' && values.every((value) => value.kind === 'text' && value.value.length === 10);
    if (areDays) return { of: name, literal: (value: Value) => `DATE ${quoteText(dayOf(value, now))}` };
    return { of: asMoment(column), literal: (value: Value) => timestampSql(momentOf(value, now)) };
  }
  return { of: asText(column), literal: textSql };
}

const isNumeric = (value: Value, kind: ColumnKind) =>
  value.kind === 'text'
    ? kind === 'number' && value.value.trim() !== '' && Number.isFinite(Number(value.value))
    : ['number', 'call', 'operation', 'group'].includes(value.kind);

const numberOf = (value: Value, numbers: NumberValues) =>
  value.kind === 'text' ? Number(value.value) : numbers.number(value);

/** Dates in quotes are texts to a column of text, unless they are compared by their order. */
function isOfMoments(condition: Condition, values: Value[], kind: ColumnKind): boolean {
  if (condition.op === 'matches') return false;
  const areDates = values.every((value) => value.kind === 'now' || (value.kind === 'text' && isDateText(value.value)));
  const isOrdered = !['=', '!=', 'in'].includes(condition.op) || values.some((value) => value.kind === 'now');
  return areDates && (kind === 'date' || kind === 'timestamp' || isOrdered);
}

function dayOf(value: Value, now: Date): string {
  return momentOf(value, now).toISOString().slice(0, 10);
}

function textSql(value: Value): string {
  if (value.kind === 'text') return quoteText(value.value);
  if (value.kind === 'number') return quoteText(value.text);
  throw new RuleError('mixedValues', 'texts and dates cannot stand in one condition', {});
}

export function asText(column: TableColumn): string {
  const kind = kindOfColumn(column);
  if (kind === 'other') throw unsupported(column);
  return kind === 'text' ? quoteName(column.name) : `CAST(${quoteName(column.name)} AS varchar)`;
}

function asNumber(column: TableColumn): string {
  const kind = kindOfColumn(column);
  if (kind === 'number') return quoteName(column.name);
  if (kind !== 'text') throw unsupported(column);
  return `TRY_CAST(${quoteName(column.name)} AS double)`;
}

export function asMoment(column: TableColumn): string {
  const kind = kindOfColumn(column);
  const name = quoteName(column.name);
  if (kind === 'timestamp') return name;
  if (kind === 'date') return `CAST(${name} AS timestamp)`;
  if (kind !== 'text') throw unsupported(column);
  return `TRY_CAST(${name} AS timestamp)`;
}

const unsupported = ({ name, type }: TableColumn) =>
  new RuleError('unsupportedColumn', `${name} is ${type}, which this rule cannot look at`, { column: name, type });

function keywordSql(column: TableColumn, keyword: Keyword): string {
  if (keyword === 'NULL') return `${quoteName(column.name)} IS NULL`;
  const text = asText(column);
  if (keyword === 'EMPTY') return `coalesce(${text} = '', false)`;
  return `coalesce(${text} <> '' AND trim(${text}) = '', false)`;
}

type Literal = (value: Value) => string;

/** NULL where the value is NULL. */
function compareSql(of: string, condition: Condition, literal: Literal, keyword = noKeyword): string {
  const equals = (value: Value) => (value.kind === 'keyword' ? keyword(value.value) : `${of} = ${literal(value)}`);
  switch (condition.op) {
    case 'between': {
      const sql = `(${of} > ${literal(condition.low)} AND ${of} < ${literal(condition.high)})`;
      return condition.negated ? `(NOT ${sql})` : sql;
    }
    case 'in':
      return inSql(of, condition, literal, equals);
    case 'matches': {
      const pattern = condition.pattern.kind === 'text' ? condition.pattern.value : '';
      const sql = `regexp_like(${of}, ${quoteText(`^(?:${pattern})$`)})`;
      return condition.negated ? `(NOT ${sql})` : sql;
    }
    case '=':
      return `(${equals(condition.value)})`;
    case '!=':
      return `(NOT (${equals(condition.value)}))`;
    default:
      return `(${of} ${condition.op} ${literal(condition.value)})`;
  }
}

function inSql(
  of: string,
  condition: Condition & { op: 'in' },
  literal: Literal,
  equals: (value: Value) => string,
): string {
  const values = Array.isArray(condition.values) ? condition.values : [];
  const keywords = values.filter(({ kind }) => kind === 'keyword').map(equals);
  const literals = values.filter(({ kind }) => kind !== 'keyword').map(literal);
  const listed = literals.length > 0 ? [`coalesce(${of} IN (${literals.join(', ')}), false)`] : [];
  const sql = `(${[...listed, ...keywords].join(' OR ')})`;
  return condition.negated ? `(NOT ${sql})` : sql;
}

function noKeyword(keyword: Keyword): string {
  throw new RuleError('notANumber', `${keyword} cannot be compared here`, {});
}

/** Spark's names of types, which Glue takes, and Trino's. */
const TYPES: Record<string, string> = {
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  integer: 'integer',
  int: 'integer',
  short: 'smallint',
  byte: 'tinyint',
  double: 'double',
  float: 'real',
  long: 'bigint',
  bigint: 'bigint',
  decimal: 'decimal(38, 18)',
  string: 'varchar',
};

/** NULL can be cast to anything. */
function columnDataType(rule: SimpleRule, column: TableColumn): string {
  const name = quoteName(column.name);
  const condition = needCondition(rule);
  const casts = valuesOf(condition).map((value) => {
    const type = value.kind === 'text' ? TYPES[value.value.toLowerCase()] : undefined;
    if (!type)
      throw new RuleError(
        'unknownType',
        `expected one of Boolean, Date, Timestamp, Integer, Long, Float, Double, String`,
        {
          type: value.kind === 'text' ? value.value : '',
        },
      );
    return type === 'varchar' ? 'true' : `TRY_CAST(${asText(column)} AS ${type}) IS NOT NULL`;
  });
  const isOfType = `(${name} IS NULL OR ${casts.join(' OR ')})`;
  const isNegated = condition.op === '!=' || (condition.op === 'in' && condition.negated);
  return isNegated ? `(${name} IS NULL OR NOT ${isOfType})` : isOfType;
}

const MINUTES = { minutes: 1, hours: 60, days: 1440 };

/** A row is as old as the time since its value: it is younger than three days if the value comes after now less three days. */
function dataFreshness(rule: SimpleRule, column: TableColumn, now: Date): string {
  const moment = asMoment(column);
  const before = (value: Value): string => {
    if (value.kind !== 'duration') throw new RuleError('notADuration', 'expected a duration such as 24 hours', {});
    return timestampSql(new Date(now.getTime() - value.amount * MINUTES[value.unit] * 60_000));
  };
  const condition = needCondition(rule);
  const turned = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' } as const;
  switch (condition.op) {
    case '>':
    case '>=':
    case '<':
    case '<=':
      return `coalesce(${compareSql(moment, { ...condition, op: turned[condition.op] }, before)}, false)`;
    case 'between':
      return `coalesce(${compareSql(moment, { ...condition, low: condition.high, high: condition.low }, before)}, false)`;
    default:
      return `coalesce(${compareSql(moment, condition, before)} AND ${moment} IS NOT NULL, false)`;
  }
}
