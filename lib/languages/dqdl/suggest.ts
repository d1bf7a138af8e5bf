import type { ColumnProfile, TableProfile } from '../quality/table-profile.ts';
import { type MetricPoint, median, seriesOf } from './history.ts';
import { printText } from './print.ts';

export interface Suggestion {
  /** In DQDL. */
  rule: string;
  /** Why: `code` names a sentence, `values` fill it. */
  reason: { code: string; values: Record<string, string | number> };
}

/** A share of NULLs beyond this says that the column is optional, and not that some values are missing. */
const MOST_MISSING = 0.1;
/** A column of so few values, each of them frequent, is a list of choices. */
const MOST_CHOICES = 20;
const ROWS_PER_CHOICE = 20;
/** The share of values from which a shape is what the column is meant to have. */
const SHAPE_SHARE = 0.995;
const LEAST_ROWS = 10;
const POINTS_FOR_DYNAMIC = 5;

/** Rules that the table keeps today, each with what in its profile speaks for it. */
export function suggestRules(profile: TableProfile, history: MetricPoint[] = []): Suggestion[] {
  const { rows, columns, profiledAt } = profile;
  if (rows < LEAST_ROWS) return [];
  return [
    ...suggestRowCount(rows, history),
    ...columns.flatMap((column) => [
      ...suggestCompleteness(column, rows),
      ...suggestKey(column, rows),
      ...suggestValues(column, rows, profiledAt),
      ...suggestShape(column, rows),
    ]),
  ];
}

function suggestRowCount(rows: number, history: MetricPoint[]): Suggestion[] {
  const past = seriesOf(history, 'Dataset.*.RowCount').map(({ value }) => value);
  if (past.length < POINTS_FOR_DYNAMIC) return [{ rule: 'RowCount > 0', reason: { code: 'rows', values: { rows } } }];
  const usual = Math.round(median(past.slice(-10)));
  return [
    {
      rule: 'RowCount > (0.5 * avg(last(10)))',
      reason: { code: 'usualRows', values: { points: Math.min(past.length, 10), usual } },
    },
  ];
}

function suggestCompleteness({ name, nulls }: ColumnProfile, rows: number): Suggestion[] {
  const missing = nulls / rows;
  if (nulls === 0)
    return [{ rule: `IsComplete ${printText(name)}`, reason: { code: 'noNulls', values: { column: name, rows } } }];
  if (missing > MOST_MISSING) return [];
  // Some more may be missing tomorrow.
  const least = Math.max(Math.floor((1 - 2 * missing) * 100) / 100, 0);
  return [
    {
      rule: `Completeness ${printText(name)} >= ${least}`,
      reason: { code: 'fewNulls', values: { column: name, nulls, rows, percent: Math.ceil(missing * 10_000) / 100 } },
    },
  ];
}

function suggestKey(column: ColumnProfile, rows: number): Suggestion[] {
  const filled = rows - column.nulls;
  const isUnique = column.unique === filled || (column.isDistinctExact === true && column.distinct === filled);
  const isKeyLike = column.kind === 'text' || /int/.test(column.type.toLowerCase());
  if (!isUnique || !isKeyLike || filled < LEAST_ROWS) return [];
  const type = column.nulls === 0 && /(^|_)(id|key|code|number|no)$/i.test(column.name) ? 'IsPrimaryKey' : 'IsUnique';
  return [
    {
      rule: `${type} ${printText(column.name)}`,
      reason: { code: 'allUnique', values: { column: column.name, rows: filled } },
    },
  ];
}

function suggestValues(column: ColumnProfile, rows: number, profiledAt: string): Suggestion[] {
  const filled = rows - column.nulls;
  const of = `ColumnValues ${printText(column.name)}`;
  const present = column.nulls > 0 ? ` where ${printText(`"${column.name.replaceAll('"', '""')}" IS NOT NULL`)}` : '';
  if (filled < LEAST_ROWS) return [];
  if (column.kind === 'text' && isChoice(column, filled)) {
    const values = column.top.map(({ value }) => printText(value));
    const rule = `${of} in [${[...values, ...(column.nulls > 0 ? ['NULL'] : [])].join(', ')}]`;
    return [
      { rule, reason: { code: 'fewValues', values: { column: column.name, distinct: values.length, rows: filled } } },
    ];
  }
  if (column.kind === 'number' && column.negatives === 0)
    return [
      {
        rule: `${of} >= 0${present}`,
        reason: { code: 'noNegatives', values: { column: column.name, min: column.min ?? '0', rows: filled } },
      },
    ];
  const newest =
    column.kind === 'moment' && column.max ? Date.parse(`${column.max.slice(0, 23).replace(' ', 'T')}Z`) : Number.NaN;
  const newestDay = column.kind === 'moment' && column.max?.length === 10 ? Date.parse(column.max) : newest;
  if (newestDay <= Date.parse(profiledAt))
    return [
      {
        rule: `${of} <= now()${present}`,
        reason: { code: 'noFuture', values: { column: column.name, max: column.max ?? '' } },
      },
    ];
  return [];
}

/** Every value that is there is among the most frequent. */
function isChoice({ distinct, top }: ColumnProfile, filled: number): boolean {
  const counted = top.reduce((total, value) => total + value.rows, 0);
  return (
    top.length > 0 &&
    top.length <= MOST_CHOICES &&
    (distinct === undefined || distinct <= MOST_CHOICES) &&
    counted === filled &&
    filled >= top.length * ROWS_PER_CHOICE
  );
}

const EMAIL = '[^@\\s]+@[^@\\s]+\\.[^@\\s]+';

function suggestShape(column: ColumnProfile, rows: number): Suggestion[] {
  const filled = rows - column.nulls;
  if (column.kind !== 'text' || filled < LEAST_ROWS || isChoice(column, filled)) return [];
  const of = printText(column.name);
  if (column.sensitive?.kind === 'email' && column.sensitive.share >= SHAPE_SHARE)
    return [
      {
        rule: `ColumnValues ${of} matches ${printText(EMAIL)} with threshold > 0.99`,
        reason: { code: 'emails', values: { column: column.name, percent: percentOf(column.sensitive.share) } },
      },
    ];
  const [shape] = column.patterns ?? [];
  if (shape && shape.rows / filled >= SHAPE_SHARE && /[A9a]/.test(shape.pattern) && shape.pattern.length <= 40)
    return [
      {
        rule: `ColumnValues ${of} matches ${printText(expressionOf(shape.pattern))} with threshold > 0.99`,
        reason: {
          code: 'oneShape',
          values: { column: column.name, pattern: shape.pattern, percent: percentOf(shape.rows / filled) },
        },
      },
    ];
  if (column.nulls === 0 && column.length && column.length.min === column.length.max && column.length.min > 0)
    return [
      {
        rule: `ColumnLength ${of} = ${column.length.min}`,
        reason: { code: 'oneLength', values: { column: column.name, length: column.length.min, rows } },
      },
    ];
  return [];
}

const percentOf = (share: number) => Math.floor(share * 1000) / 10;

const CLASSES: Record<string, string> = { A: '[A-Z]', a: '[a-z]', '9': '[0-9]' };

/** `AA-9999` as a regular expression: `[A-Z]{2}-[0-9]{4}`. */
function expressionOf(shape: string): string {
  return shape.replace(/(.)\1*/gsu, (run, letter: string) => {
    const one = CLASSES[letter] ?? letter.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    const count = [...run].length;
    return count === 1 ? one : `${one}{${count}}`;
  });
}
