/**
 * A profile is made in four steps, each of statements that can run beside each other: the next step is planned from
 * what the last one answered. Pure: whoever has Athena or the engine runs them.
 */
import { type ColumnBasics, planBasics, planCount, readBasics, type TableBasics } from './profile-basics.ts';
import {
  isFloating,
  type ProfileAnswers,
  type ProfiledTable,
  type ProfileStatement,
  profileKind,
  type TableColumn,
} from './profile-column.ts';
import { type Bins, type DetailSet, planDetails, readDetails, type SetAnswer } from './profile-details.ts';
import { planDuplicates, readDuplicates } from './profile-duplicates.ts';
import { type CountedValue, patternsOf } from './profile-patterns.ts';
import { guessSensitive } from './sensitive-guess.ts';
import type { ColumnProfile, TableProfile } from './table-profile.ts';

export const PROFILE_STEPS = ['count', 'basics', 'details', 'duplicates'] as const;
export type ProfileStep = (typeof PROFILE_STEPS)[number];

/** The statements of a step, from the answers of those before. None for a step that is not needed. */
export function planStep(step: ProfileStep, table: ProfiledTable, answers: ProfileAnswers): ProfileStatement[] {
  if (step === 'count') return planCount(table);
  if (step === 'basics') return planBasics(table, answers);
  const basics = readBasics(table, answers);
  if (step === 'details') return basics.rows === 0 ? [] : planDetails(table, basics);
  return planDuplicates(table, basics, columnsOf(table, basics, answers));
}

export type ProfileFigures = Pick<TableProfile, 'rows' | 'duplicates' | 'columns' | 'correlations'>;

/** What all steps together say. */
export function readProfile(table: ProfiledTable, answers: ProfileAnswers): ProfileFigures {
  const basics = readBasics(table, answers);
  const columns = columnsOf(table, basics, answers);
  const duplicates = readDuplicates(table, basics, columns, answers);
  return {
    rows: basics.rows,
    ...(duplicates === undefined ? {} : { duplicates }),
    columns,
    correlations: basics.correlations,
  };
}

function columnsOf(table: ProfiledTable, basics: TableBasics, answers: ProfileAnswers): ColumnProfile[] {
  const details = readDetails(table, basics, answers);
  return table.columns.map((column, index) => {
    const known = basics.columns[index] ?? { count: 0 };
    const own = details.filter(({ set }) => set.column === index);
    return columnProfile(column, basics.rows, known, own);
  });
}

type Details = { set: DetailSet; answer: SetAnswer }[];

function columnProfile(column: TableColumn, rows: number, basics: ColumnBasics, details: Details): ColumnProfile {
  const { name, type } = column;
  const kind = profileKind(type);
  const profile: ColumnProfile = { name, type, kind, nulls: rows - basics.count, top: [] };
  if (kind === 'other') return profile;
  Object.assign(profile, differentOf(basics, details), spreadOf(column, basics));
  Object.assign(profile, histogramOf(basics, details));
  profile.top = topOf(column, details);
  if (kind === 'text') Object.assign(profile, textOf(name, basics, profile, details));
  return profile;
}

type Different = Pick<ColumnProfile, 'distinct' | 'isDistinctExact' | 'unique'>;

function differentOf({ count, distinct }: ColumnBasics, details: Details): Different {
  if (count === 0) return { distinct: 0, isDistinctExact: true, unique: 0 };
  for (const { set, answer } of details) {
    if (set.role === 'values') return { distinct: answer.groups, isDistinctExact: true, unique: answer.singles };
    if (set.role === 'sampled' && answer.groups > 0) return scaledUp(answer, set.factor, count);
  }
  return distinct === undefined ? {} : { distinct: Math.min(count, distinct), isDistinctExact: false };
}

/** As many different values as there are: a sample without repetition is that of such a column, chance aside. */
const ALL_DIFFERENT = 0.9;

function scaledUp({ groups, singles }: SetAnswer, factor: number, count: number): Different {
  const isKey = groups === singles && groups * factor > ALL_DIFFERENT * count;
  const scaled = (found: number) => (isKey ? count : Math.min(count, Math.round(found * factor)));
  return { distinct: scaled(groups), isDistinctExact: false, unique: scaled(singles) };
}

function spreadOf({ type }: TableColumn, basics: ColumnBasics): Partial<ColumnProfile> {
  const { min, max, mean, standardDeviation, zeros, negatives, percentiles: at } = basics;
  const isNumber = profileKind(type) === 'number';
  const print = (value: string) => (isFloating(type) ? printDouble(value) : value);
  return {
    ...(min === undefined ? {} : { min: print(min) }),
    ...(max === undefined ? {} : { max: print(max) }),
    ...(mean === undefined ? {} : { mean }),
    ...(standardDeviation === undefined ? {} : { standardDeviation }),
    ...(isNumber && basics.count > 0 ? { zeros: zeros ?? 0, negatives: negatives ?? 0 } : {}),
    ...(at?.length === 99 ? { quantiles: quantilesOf(at) } : {}),
  };
}

function quantilesOf(at: readonly number[]): NonNullable<ColumnProfile['quantiles']> {
  const p = (percent: number) => at[percent - 1] ?? 0;
  return { p1: p(1), p5: p(5), p25: p(25), p50: p(50), p75: p(75), p95: p(95), p99: p(99) };
}

function printerOf(type: string): ((value: string) => string) | undefined {
  if (isFloating(type)) return printDouble;
  return profileKind(type) === 'moment' ? (value) => printMoment(Number(value), type) : undefined;
}

/** As Athena prints a date and a timestamp. */
function printMoment(at: number, type: string): string {
  const text = new Date(at).toISOString();
  return type.toLowerCase() === 'date' ? text.slice(0, 10) : text.slice(0, -1).replace('T', ' ');
}

/** `CAST(x AS varchar)` writes 1.5E0; a result has 1.5. */
function printDouble(text: string): string {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  return Number.isInteger(value) && Math.abs(value) < 1e7 ? value.toFixed(1) : String(value);
}

function histogramOf(basics: ColumnBasics, details: Details): Pick<ColumnProfile, 'histogram' | 'outliers'> {
  const { low, high, count } = basics;
  const found = details.find(({ set }) => set.role === 'bins');
  if (found?.set.role === 'bins') return binsFrom(found.set.bins, found.answer);
  if (low === undefined || low !== high) return {};
  return { histogram: [{ from: low, to: low, rows: count }], outliers: 0 };
}

/** Twice the bin's number, and one more for outliers; the greatest value is the one of a bin after the last. */
function binsFrom({ from, to, count, fences }: Bins, { top }: SetAnswer) {
  const width = (to - from) / count;
  const edge = (index: number) => (index === count ? to : from + index * width);
  const histogram = Array.from({ length: count }, (_, index) => ({ from: edge(index), to: edge(index + 1), rows: 0 }));
  let outliers = 0;
  for (const { value, rows } of top) {
    const bin = histogram[Math.min(count, Math.max(1, Math.floor(Number(value) / 2))) - 1];
    if (bin) bin.rows += rows;
    if (Number(value) % 2 === 1) outliers += rows;
  }
  return { histogram, ...(fences ? { outliers } : {}) };
}

function topOf({ type }: TableColumn, details: Details): CountedValue[] {
  const found = details.find(({ set }) => set.role === 'values') ?? details.find(({ set }) => set.role === 'frequent');
  const top = found?.answer.top ?? [];
  const print = printerOf(type);
  return print ? top.map(({ value, rows }) => ({ value: print(value), rows })) : top;
}

/** From all values where they are few, else from those of rows taken at random. */
function textOf(
  name: string,
  { count, length, empty, sample = [] }: ColumnBasics,
  { top }: ColumnProfile,
  details: Details,
): Partial<ColumnProfile> {
  const every = details.find(({ set, answer }) => set.role === 'values' && answer.groups <= answer.top.length);
  const values = every ? top : sample.map((value) => ({ value, rows: 1 }));
  const sensitive = guessSensitive(name, values);
  return {
    patterns: patternsOf(values, count),
    ...(length ? { length } : {}),
    empty: empty ?? 0,
    ...(sensitive ? { sensitive } : {}),
  };
}
