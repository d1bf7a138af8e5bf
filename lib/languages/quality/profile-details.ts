/** The second scan of a profile: histograms, frequent values, exact counts of different values, outliers. */
import { type ColumnBasics, MAX_TEXT, type TableBasics } from './profile-basics.ts';
import {
  BUDGET_BYTES,
  type ColumnSql,
  chunksOf,
  columnSql,
  doubleLiteral,
  isInteger,
  momentMs,
  namedColumns,
  type ProfileAnswers,
  type ProfiledTable,
  type ProfileStatement,
  type TableColumn,
} from './profile-column.ts';
import { type Sampling, samplingOf } from './profile-sampling.ts';

/** Trino hashes all columns of all sets for each row: more sets in one statement would cost more than another scan. */
const SETS_AT_ONCE = 16;
const BINS = 20;
/** Rows of an answer: frequent values, or both halves of all bins. */
const TOP = 50;
/** Different values that are counted one by one whatever they weigh. */
const ALWAYS_COUNTED = 1000;
const BYTES_PER_VALUE = 48;

/** Values a set of the statement groups rows by, and what the groups tell. */
export type DetailSet =
  | { role: 'bins'; column: number; sql: string; bins: Bins }
  /** Every value. */
  | { role: 'values'; column: number; sql: string }
  /** A share of the values, with all rows of each. */
  | { role: 'sampled'; column: number; sql: string; factor: number }
  /** Values that are known to be frequent. */
  | { role: 'frequent'; column: number; sql: string };

export interface Bins {
  from: number;
  to: number;
  count: number;
  /** Beyond these is an outlier. */
  fences?: { lower: number; upper: number };
}

export interface SetAnswer {
  groups: number;
  /** Groups of one row. */
  singles: number;
  /** Most rows first. */
  top: { value: string; rows: number }[];
}

export function planDetails(table: ProfiledTable, basics: TableBasics): ProfileStatement[] {
  return chunksOf(detailSets(table, basics), SETS_AT_ONCE).map((sets, index) => ({
    id: `details-${index}`,
    sql: setsSql(table, sets),
  }));
}

export function readDetails(
  table: ProfiledTable,
  basics: TableBasics,
  answers: ProfileAnswers,
): { set: DetailSet; answer: SetAnswer }[] {
  return chunksOf(detailSets(table, basics), SETS_AT_ONCE).flatMap((sets, index) => {
    const rows = new Map((answers[`details-${index}`] ?? []).map((row) => [Number(row[0]), row]));
    return sets.map((set, at) => ({ set, answer: answerOf(rows.get(at)) }));
  });
}

function answerOf(row: (string | null)[] | undefined): SetAnswer {
  const [, groups, singles, values, rows] = row ?? [];
  const counts = JSON.parse(rows ?? '[]') as number[];
  const top = (JSON.parse(values ?? '[]') as string[]).map((value, index) => ({ value, rows: counts[index] ?? 0 }));
  top.sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1));
  return { groups: Number(groups ?? 0), singles: Number(singles ?? 0), top };
}

function detailSets({ columns, budgetBytes = BUDGET_BYTES }: ProfiledTable, basics: TableBasics): DetailSet[] {
  const factor = countedBytes(columns, basics) / budgetBytes;
  return columns.flatMap((column, index) => {
    const known = basics.columns[index];
    return known && known.count > 0 ? columnSets(column, index, known, factor) : [];
  });
}

function countedBytes(columns: readonly TableColumn[], basics: TableBasics): number {
  const bytes = columns.map((_, index) => {
    const { distinct = 0, length } = basics.columns[index] ?? { count: 0 };
    return distinct > ALWAYS_COUNTED ? distinct * (BYTES_PER_VALUE + (length?.mean ?? 0)) : 0;
  });
  return bytes.reduce((sum, each) => sum + each, 0);
}

function sqlOf(column: TableColumn, index: number): ColumnSql {
  const { kind, number } = columnSql(column);
  return { kind, value: `v${index}`, ...(number ? { number: `n${index}` } : {}) };
}

function columnSets(column: TableColumn, index: number, basics: ColumnBasics, factor: number): DetailSet[] {
  const { kind, value, number } = sqlOf(column, index);
  if (kind === 'other') return [];
  const bins = number === undefined ? undefined : binsOf(column, basics);
  const sets: DetailSet[] = bins && number ? [{ role: 'bins', column: index, sql: binSql(number, bins), bins }] : [];
  const item = kind === 'moment' ? momentMs(value) : value;
  const isCounted = factor <= 1 || (basics.distinct ?? 0) <= ALWAYS_COUNTED;
  if (isCounted) return [...sets, { role: 'values', column: index, sql: item }];
  const frequent = frequentSql(basics, item, number);
  if (frequent) sets.push({ role: 'frequent', column: index, sql: frequent });
  const sampling = samplingOf(column, factor, sqlOf(column, index));
  if (sampling) sets.push(sampledSet(index, item, sampling));
  return sets;
}

function sampledSet(column: number, value: string, { condition, factor }: Sampling): DetailSet {
  return { role: 'sampled', column, sql: `IF(${condition}, ${value})`, factor };
}

/** Undefined where all values are one. Few whole numbers have a bin each. */
function binsOf({ type }: TableColumn, { low, high, percentiles }: ColumnBasics): Bins | undefined {
  if (low === undefined || high === undefined || low >= high) return undefined;
  const fences = fencesOf(percentiles);
  const span = high - low + 1;
  const bins = isInteger(type) && span <= BINS ? { to: high + 1, count: span } : { to: high, count: BINS };
  // Between neighbouring doubles there are no bins.
  return Number.isFinite(high - low) ? { from: low, ...bins, ...(fences ? { fences } : {}) } : undefined;
}

/** Tukey's; where half of the values are the same, they would call all others outliers. */
function fencesOf(percentiles: readonly number[] | undefined): Bins['fences'] {
  const [lower, upper] = [percentiles?.[24], percentiles?.[74]];
  if (lower === undefined || upper === undefined || !(upper > lower)) return undefined;
  const reach = 1.5 * (upper - lower);
  return { lower: lower - reach, upper: upper + reach };
}

function binSql(number: string, { from, to, count, fences }: Bins): string {
  const bin = `width_bucket(${number}, ${doubleLiteral(from)}, ${doubleLiteral(to)}, ${count}) * 2`;
  if (!fences) return bin;
  const isOut = `${number} < ${doubleLiteral(fences.lower)} OR ${number} > ${doubleLiteral(fences.upper)}`;
  return `${bin} + IF(${isOut}, 1, 0)`;
}

/** What fills more than one percentile, or is twice in the sample, is looked for in every row. */
function frequentSql({ percentiles = [], sample = [] }: ColumnBasics, value: string, number?: string) {
  if (number !== undefined) {
    const heavy = repeated(percentiles).map(doubleLiteral);
    return heavy.length > 0 ? `IF(${number} IN (${heavy.join(', ')}), ${value})` : undefined;
  }
  // A text of which only the beginning is known cannot be looked for.
  const whole = sample.filter((each) => each.length < MAX_TEXT);
  const heavy = repeated(whole).map((each) => `'${each.replaceAll("'", "''")}'`);
  return heavy.length > 0 ? `IF(${value} IN (${heavy.join(', ')}), ${value})` : undefined;
}

function repeated<T>(values: readonly T[]): T[] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const often = [...counts].filter(([, count]) => count > 1).sort((a, b) => b[1] - a[1]);
  return often.slice(0, TOP).map(([value]) => value);
}

function setsSql(table: ProfiledTable, sets: readonly DetailSet[]): string {
  const { from } = namedColumns(table, [...new Set(sets.map(({ column }) => column))]);
  const names = sets.map((_, index) => `e${index}`);
  const cases = (result: (name: string, index: number) => string) =>
    `CASE ${names.map((name, index) => `WHEN grouping(${name}) = 0 THEN ${result(name, index)}`).join(' ')} END`;
  return `SELECT place, count(*) AS different, count_if(times = 1) AS singles,
  json_format(CAST(max_by(substr(item, 1, ${MAX_TEXT}), times, ${TOP}) AS json)) AS items,
  json_format(CAST(max(times, ${TOP}) AS json)) AS counts
FROM (
  SELECT ${cases((_, index) => String(index))} AS place,
    ${cases((name) => `CAST(${name} AS varchar)`)} AS item,
    count(*) AS times
  FROM (
    SELECT ${sets.map(({ sql }, index) => `${sql} AS e${index}`).join(',\n      ')}
    FROM ${from}
  )
  GROUP BY GROUPING SETS (${names.map((name) => `(${name})`).join(', ')})
)
WHERE item IS NOT NULL
GROUP BY place`;
}
