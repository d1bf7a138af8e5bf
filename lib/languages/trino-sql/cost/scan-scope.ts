import type { Expression, Identifier, Query, Select } from '../syntax.ts';

/** A table or view that a query names, as the catalog has it. Names are in lower case. */
export interface KnownTable {
  /** `database.table` */
  name: string;
  columns: string[];
  partitionKeys: string[];
  view?: { query: Query; find: FindTable };
}

export type FindTable = (name: readonly Identifier[]) => KnownTable | undefined;

/** One reading of one table: what of it is needed. */
export interface TableScan {
  table: KnownTable;
  /** Columns that are needed, or fields of one: `price`, `address.city`. Partition columns are not in the files. */
  columns: Set<string>;
  /** Conditions that stand in the WHERE beside the scan, joined by AND. */
  filters: ScanFilter[];
  /** The query that reads it, where that is the statement itself and not a view of the catalog. */
  select: Select | undefined;
}

export interface ScanFilter {
  term: Expression;
  /** The scan's column that an expression is; undefined for anything else. */
  columnOf: (expression: Expression) => string | undefined;
}

/** What stands in a FROM. To ask for one of its columns makes what that column is made of needed. */
export interface Source {
  alias: string | undefined;
  /** The table's own name, by which its columns may be called where it has no alias. */
  path?: string[];
  names: string[];
  need: (index: number, fields?: string[]) => void;
  scan?: TableScan;
}

export interface Scope {
  find: FindTable;
  ctes: Map<string, Cte>;
  outer: Reading | undefined;
  isOwn: boolean;
}

export interface Cte {
  query: Query;
  scope: Scope;
  names: string[] | undefined;
}

/** The sources that the expressions of one SELECT look at, and those of the one around it. */
export interface Reading {
  sources: Source[];
  scope: Scope;
  /** Parameters of lambdas are no columns. */
  hidden: ReadonlySet<string>;
}

export function resolve(
  parts: string[],
  reading: Reading,
): { source: Source; index: number; fields: string[] } | undefined {
  if (reading.hidden.has(parts[0] as string)) return undefined;
  for (const source of reading.sources) {
    for (let length = Math.min(3, parts.length - 1); length >= 1; length--) {
      if (!isCalled(source, parts.slice(0, length))) continue;
      const index = source.names.indexOf(parts[length] as string);
      if (index >= 0) return { source, index, fields: parts.slice(length + 1) };
    }
  }
  for (const source of reading.sources) {
    const index = source.names.indexOf(parts[0] as string);
    if (index >= 0) return { source, index, fields: parts.slice(1) };
  }
  return reading.scope.outer && resolve(parts, reading.scope.outer);
}

export function isCalled({ alias, path }: Source, name: string[]): boolean {
  if (alias !== undefined) return name.length === 1 && name[0] === alias;
  return path !== undefined && name.length <= path.length && path.slice(-name.length).join('.') === name.join('.');
}

export function addFilters(where: Expression, reading: Reading): void {
  for (const source of reading.sources) {
    if (!source.scan) continue;
    const columnOf = (expression: Expression) => {
      const parts = partsOf(expression);
      const found = parts && resolve(parts.map(lower), reading);
      return found?.source === source && found.fields.length === 0 ? nameIn(source, found.index) : undefined;
    };
    for (const term of conjuncts(where)) source.scan.filters.push({ term, columnOf });
  }
}

/** An alias may rename the columns; the catalog's names are what partitions have. */
function nameIn({ scan }: Source, index: number): string | undefined {
  return scan && [...scan.table.columns, ...scan.table.partitionKeys][index];
}

function conjuncts(where: Expression): Expression[] {
  return where.type === 'logical' && where.operator === 'AND' ? where.terms.flatMap(conjuncts) : [where];
}

/** `a`, `t.a`, `t.a.b`: the names of a column; undefined for what is none. */
export function partsOf(expression: Expression): Identifier[] | undefined {
  if (expression.type === 'column') return [expression.name];
  if (expression.type !== 'field') return undefined;
  const before = partsOf(expression.of);
  return before && [...before, expression.name];
}

export const lower = ({ name }: Identifier): string => name.toLowerCase();
