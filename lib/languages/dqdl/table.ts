import { RuleError } from './rule-error.ts';
import { quoteName, quoteText } from './sql-text.ts';

export interface TableColumn {
  name: string;
  /** Athena's type. */
  type: string;
}

/** What rules look at: a table, or a table as it would be with staged rows in the place of some of its files. */
export interface Relation {
  database: string;
  table: string;
  /** `replaces` is a prefix of keys without the bucket: the table's objects below it are left out. */
  staged?: { database: string; table: string; replaces: string };
  /** A query in the place of the table: what it answers is looked at. */
  prepared?: string;
}

export type ColumnKind = 'number' | 'text' | 'date' | 'timestamp' | 'boolean' | 'other';

export function kindOfColumn({ type }: TableColumn): ColumnKind {
  const base = type.toLowerCase().replace(/[(<\s].*$/s, '');
  if (['tinyint', 'smallint', 'int', 'integer', 'bigint', 'float', 'real', 'double', 'decimal'].includes(base))
    return 'number';
  if (['string', 'varchar', 'char'].includes(base)) return 'text';
  if (base === 'date' || base === 'timestamp' || base === 'boolean') return base;
  return 'other';
}

/** Athena keeps names in lower case, so that case makes no difference. */
export function findColumn(columns: TableColumn[], name: string): TableColumn | undefined {
  return columns.find((column) => column.name === name) ?? columns.find((column) => same(column.name, name));
}

export const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

export function getColumn(columns: TableColumn[], name: string): TableColumn {
  const column = findColumn(columns, name);
  if (!column) throw new RuleError('unknownColumn', `the table has no column ${name}`, { column: name });
  return column;
}

export const tableSql = (database: string, table: string): string => `${quoteName(database)}.${quoteName(table)}`;

export const HIDDEN_COLUMNS = ['$path', '$file_size', '$file_modified_time'];

/**
 * What stands after FROM. A staged relation names its columns, so that those of both tables stand in one order; with
 * `hidden` it has what Athena tells of the files too.
 */
export function fromSql(relation: Relation, columns: TableColumn[], hidden: string[] = []): string {
  const { database, table, staged, prepared } = relation;
  if (prepared !== undefined) return `(${prepared}) ${quoteName('primary')}`;
  if (!staged) return tableSql(database, table);
  const names = [...columns.map(({ name }) => name), ...hidden].map(quoteName).join(', ');
  const kept = `SELECT ${names} FROM ${tableSql(database, table)} WHERE NOT ${isBelow(staged.replaces)}`;
  return `(${kept} UNION ALL SELECT ${names} FROM ${tableSql(staged.database, staged.table)}) ${quoteName('primary')}`;
}

/** Every column, and none that the table's format hides. */
export function selectSql(relation: Relation, columns: TableColumn[]): string {
  return `SELECT ${columns.map(({ name }) => quoteName(name)).join(', ')} FROM ${fromSql(relation, columns)}`;
}

function isBelow(prefix: string): string {
  const key = `substr("$path", 6 + strpos(substr("$path", 6), '/'))`;
  return `starts_with(${key}, ${quoteText(`${prefix.replace(/^\/+|\/+$/g, '')}/`)})`;
}

/** `database.table`, or a table of the same database. */
export function parseDataset(reference: string, database: string): { database: string; table: string } {
  const parts = reference.split('.').map((part) => part.trim());
  const [first, second] = parts;
  if (parts.length === 1 && first) return { database, table: first };
  if (parts.length === 2 && first && second) return { database: first, table: second };
  throw new RuleError('invalidReference', `expected database.table, found ${reference}`, { reference });
}

/** `table.column`, `database.table.column`, `database.table.{city,state}` */
export function parseReference(
  reference: string,
  database: string,
): { database: string; table: string; columns: string[] } {
  const braces = /^(.+)\.\{([^{}]+)\}$/s.exec(reference);
  const plain = /^(.+)\.([^.{}]+)$/s.exec(reference);
  const [, dataset, columns] = braces ?? plain ?? [];
  if (!dataset || !columns)
    throw new RuleError('invalidReference', `expected database.table.column, found ${reference}`, { reference });
  return { ...parseDataset(dataset, database), columns: braces ? splitNames(columns) : [columns.trim()] };
}

export const splitNames = (names: string): string[] => names.split(',').map((name) => name.trim());
