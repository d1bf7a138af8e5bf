import type { ColumnProfile } from './table-profile.ts';

/** The table that is profiled, as Athena calls it. */
export interface ProfiledTable {
  database: string;
  table: string;
  columns: TableColumn[];
  /** What values that are counted one by one may take in memory, about; beyond it some are counted for all. */
  budgetBytes?: number;
}

export const BUDGET_BYTES = 100_000_000;

export interface TableColumn {
  name: string;
  /** Athena's or Glue's: `decimal(9,2)`, `array<string>`. */
  type: string;
}

/** One SELECT, valid in Athena and here. */
export interface ProfileStatement {
  id: string;
  sql: string;
}

/** A statement's rows, its values as Athena prints them. */
export type ProfileRows = (string | null)[][];

/** By the statement's id. */
export type ProfileAnswers = Readonly<Record<string, ProfileRows>>;

export type ProfileKind = ColumnProfile['kind'];

const KINDS: Record<string, ProfileKind> = {
  tinyint: 'number',
  smallint: 'number',
  int: 'number',
  integer: 'number',
  bigint: 'number',
  float: 'number',
  real: 'number',
  double: 'number',
  decimal: 'number',
  string: 'text',
  varchar: 'text',
  char: 'text',
  date: 'moment',
  timestamp: 'moment',
  boolean: 'boolean',
};

/** The word that a type begins with: `decimal` of `decimal(9,2)`. */
export function baseType(type: string): string {
  return /^\w+/.exec(type.toLowerCase())?.[0] ?? '';
}

export function profileKind(type: string): ProfileKind {
  return KINDS[baseType(type)] ?? 'other';
}

/** Numbers that can be NaN or infinite. */
export function isFloating(type: string): boolean {
  return ['float', 'real', 'double'].includes(baseType(type));
}

export function isInteger(type: string): boolean {
  return ['tinyint', 'smallint', 'int', 'integer', 'bigint'].includes(baseType(type));
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function tableName({ database, table }: Pick<ProfiledTable, 'database' | 'table'>): string {
  return `${quoteName(database)}.${quoteName(table)}`;
}

/** A column as the statements work with it: `value` is what it holds, `number` what can be calculated with. */
export interface ColumnSql {
  kind: ProfileKind;
  value: string;
  /** Of numbers, finite ones; of moments, milliseconds since 1970. */
  number?: string;
}

export function columnSql({ name, type }: TableColumn): ColumnSql {
  const kind = profileKind(type);
  const column = quoteName(name);
  switch (kind) {
    case 'number': {
      const number = `CAST(${column} AS double)`;
      return { kind, value: column, number: isFloating(type) ? `IF(is_finite(${number}), ${number})` : number };
    }
    case 'moment':
      return { kind, value: column, number: `to_unixtime(CAST(${column} AS timestamp)) * 1E3` };
    case 'text':
      return { kind, value: baseType(type) === 'char' ? `CAST(${column} AS varchar)` : column };
    default:
      return { kind, value: column };
  }
}

/** The columns under short names, so that what is calculated of one is calculated once: `v0`, `n0`, `v1`, … */
export function namedColumns(
  table: ProfiledTable,
  indexes: readonly number[],
  ...more: readonly string[]
): { from: string; columns: Map<number, ColumnSql> } {
  const columns = new Map<number, ColumnSql>();
  const items = indexes.flatMap((index) => {
    const column = table.columns[index];
    if (!column) return [];
    const { kind, value, number } = columnSql(column);
    columns.set(index, { kind, value: `v${index}`, ...(number ? { number: `n${index}` } : {}) });
    return [`${value} AS v${index}`, ...(number ? [`${number} AS n${index}`] : [])];
  });
  return { from: `(SELECT ${[...items, ...more].join(', ')} FROM ${tableName(table)})`, columns };
}

/** A moment as a whole number: grouping by it and printing it is cheaper than by the moment itself. */
export function momentMs(moment: string): string {
  return `date_diff('millisecond', TIMESTAMP '1970-01-01 00:00:00', CAST(${moment} AS timestamp))`;
}

/** A double as SQL writes it: `1.5` would be a decimal. */
export function doubleLiteral(value: number): string {
  const text = String(value);
  return text.includes('e') ? text.replace('e+', 'E').replace('e', 'E') : `${text}E0`;
}

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
