/** What changed between two profiles of a table, and whether it matters. Pure. */
import { distributionDistance } from './profile-distance.ts';
import type { ColumnProfile, TableProfile } from './table-profile.ts';

/** `large` is worth a look, `small` is what data does. */
export type DriftLevel = 'none' | 'small' | 'large';

export type DriftReason =
  | { code: 'added' | 'removed' }
  | { code: 'retyped'; before: string; after: string }
  /** Shares of the rows, 0 to 1. */
  | { code: 'nulls'; before: number; after: number; level: DriftLevel }
  /** `deviations`: by how many standard deviations of before. */
  | { code: 'mean'; before: number; after: number; deviations: number; level: DriftLevel }
  | { code: 'distribution'; psi: number; js: number; level: DriftLevel }
  | { code: 'newCategories' | 'lostCategories'; values: string[]; share: number; level: DriftLevel }
  /** Values beyond the range of before. */
  | { code: 'range'; min?: string; max?: string; level: DriftLevel }
  | { code: 'unique'; before: boolean; after: boolean; level: DriftLevel };

export interface ColumnDrift {
  name: string;
  level: DriftLevel;
  before?: ColumnProfile;
  after?: ColumnProfile;
  reasons: DriftReason[];
}

export interface ProfileDrift {
  level: DriftLevel;
  rows: { before: number; after: number };
  /** Share of the rows that another row is equal to, where both profiles have looked. */
  duplicates?: { before: number; after: number };
  /** In the order of the later profile, removed ones last. */
  columns: ColumnDrift[];
}

/** Steps of a share that are noticed, and that are large. */
const SHARE = { small: 0.005, large: 0.05 };
const DEVIATIONS = { small: 0.1, large: 0.5 };
/** The usual reading of the population stability index. */
const PSI = { small: 0.1, large: 0.25 };
const SHOWN_CATEGORIES = 10;

export function compareProfiles(before: TableProfile, after: TableProfile): ProfileDrift {
  const old = new Map(before.columns.map((column) => [column.name, column]));
  const kept = after.columns.map((column) => columnDrift(old.get(column.name), column, { before, after }));
  const names = new Set(after.columns.map(({ name }) => name));
  const removed = before.columns
    .filter(({ name }) => !names.has(name))
    .map((column): ColumnDrift => {
      return { name: column.name, level: 'large', before: column, reasons: [{ code: 'removed' }] };
    });
  const columns = [...kept, ...removed];
  return {
    level: greatest(columns.map(({ level }) => level)),
    rows: { before: before.rows, after: after.rows },
    ...duplicatesOf(before, after),
    columns,
  };
}

function duplicatesOf(before: TableProfile, after: TableProfile): Pick<ProfileDrift, 'duplicates'> {
  if (before.duplicates === undefined || after.duplicates === undefined) return {};
  return { duplicates: { before: share(before.duplicates, before.rows), after: share(after.duplicates, after.rows) } };
}

interface Tables {
  before: TableProfile;
  after: TableProfile;
}

function columnDrift(before: ColumnProfile | undefined, after: ColumnProfile, tables: Tables): ColumnDrift {
  const { name } = after;
  if (!before) return { name, level: 'large', after, reasons: [{ code: 'added' }] };
  const reasons: DriftReason[] = [];
  if (before.type !== after.type) reasons.push({ code: 'retyped', before: before.type, after: after.type });
  const hasRows = tables.before.rows > 0 && tables.after.rows > 0;
  if (hasRows) reasons.push(...nullDrift(before, after, tables));
  if (hasRows && before.kind === after.kind) reasons.push(...valueDrift(before, after, tables));
  const level = greatest(reasons.map((reason) => ('level' in reason ? reason.level : 'large')));
  return { name, level, before, after, reasons };
}

function nullDrift(before: ColumnProfile, after: ColumnProfile, tables: Tables): DriftReason[] {
  const [was, is] = [share(before.nulls, tables.before.rows), share(after.nulls, tables.after.rows)];
  const level = levelOf(Math.abs(is - was), SHARE);
  return level === 'none' ? [] : [{ code: 'nulls', before: was, after: is, level }];
}

function valueDrift(before: ColumnProfile, after: ColumnProfile, tables: Tables): DriftReason[] {
  const counts = { before: tables.before.rows - before.nulls, after: tables.after.rows - after.nulls };
  if (counts.before === 0 || counts.after === 0) return [];
  return [
    ...meanDrift(before, after),
    ...distributionDrift(before, after, counts),
    ...categoryDrift(before, after, counts),
    ...rangeDrift(before, after),
    ...uniqueDrift(before, after, counts),
  ];
}

/** The mean of moments always moves: time does. */
function meanDrift(before: ColumnProfile, after: ColumnProfile): DriftReason[] {
  if (before.kind !== 'number' || before.mean === undefined || after.mean === undefined) return [];
  const spread = before.standardDeviation || Math.abs(before.mean) || 1;
  const deviations = (after.mean - before.mean) / spread;
  const level = levelOf(Math.abs(deviations), DEVIATIONS);
  return level === 'none' ? [] : [{ code: 'mean', before: before.mean, after: after.mean, deviations, level }];
}

function distributionDrift(before: ColumnProfile, after: ColumnProfile, counts: Counts): DriftReason[] {
  if (before.kind === 'moment') return [];
  const distance = distributionDistance(before, after, counts);
  const level = distance ? levelOf(distance.psi, PSI) : 'none';
  return distance && level !== 'none' ? [{ code: 'distribution', ...distance, level }] : [];
}

interface Counts {
  before: number;
  after: number;
}

/** Only where both profiles list every value. */
function categoryDrift(before: ColumnProfile, after: ColumnProfile, counts: Counts): DriftReason[] {
  if (before.kind === 'moment' || !isListed(before, counts.before) || !isListed(after, counts.after)) return [];
  return [
    ...missingIn(before, after.top, counts.after, 'newCategories'),
    ...missingIn(after, before.top, counts.before, 'lostCategories'),
  ];
}

function isListed({ top }: ColumnProfile, count: number): boolean {
  return top.reduce((sum, { rows }) => sum + rows, 0) >= count;
}

function missingIn(
  { top }: ColumnProfile,
  values: ColumnProfile['top'],
  count: number,
  code: 'newCategories' | 'lostCategories',
): DriftReason[] {
  const known = new Set(top.map(({ value }) => value));
  const missing = values.filter(({ value }) => !known.has(value));
  if (missing.length === 0) return [];
  const part = share(
    missing.reduce((sum, { rows }) => sum + rows, 0),
    count,
  );
  const names = missing.slice(0, SHOWN_CATEGORIES).map(({ value }) => value);
  return [{ code, values: names, share: part, level: part >= SHARE.large ? 'large' : 'small' }];
}

/** A value beyond what was is no drift yet, and worth knowing. */
function rangeDrift(before: ColumnProfile, after: ColumnProfile): DriftReason[] {
  if (before.kind !== 'number') return [];
  const [low, high] = [Number(before.min), Number(before.max)];
  const isLower = Number(after.min) < low;
  const isHigher = Number(after.max) > high;
  if (!isLower && !isHigher) return [];
  return [
    {
      code: 'range',
      ...(isLower && after.min !== undefined ? { min: after.min } : {}),
      ...(isHigher && after.max !== undefined ? { max: after.max } : {}),
      level: 'small',
    },
  ];
}

/** A column that told every row apart and no longer does. */
function uniqueDrift(before: ColumnProfile, after: ColumnProfile, counts: Counts): DriftReason[] {
  if (before.unique === undefined || after.unique === undefined || counts.before < 2 || counts.after < 2) return [];
  const [was, is] = [before.unique === counts.before, after.unique === counts.after];
  return was && !is ? [{ code: 'unique', before: was, after: is, level: 'large' }] : [];
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function levelOf(value: number, { small, large }: { small: number; large: number }): DriftLevel {
  if (value >= large) return 'large';
  return value >= small ? 'small' : 'none';
}

function greatest(levels: readonly DriftLevel[]): DriftLevel {
  if (levels.includes('large')) return 'large';
  return levels.includes('small') ? 'small' : 'none';
}
