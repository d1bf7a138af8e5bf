import type { CatalogColumn, CatalogTable } from '@/components/editor/editor-catalog';
import type { WorkCatalog } from './catalog-store';

/** A line of the tree, in the order in which it is shown. */
export type TreeRow = { id: string; level: 1 | 2 | 3; setSize: number; position: number } & (
  | { kind: 'database'; database: string; count: number; isOpen: boolean }
  | { kind: 'table'; table: CatalogTable; isOpen: boolean }
  | { kind: 'column'; table: CatalogTable; column: CatalogColumn }
  | { kind: 'loading'; table: CatalogTable }
);

/** What of the catalog is shown: databases, their tables, the columns of those that are open. */
export function treeRows(catalog: WorkCatalog, open: ReadonlySet<string>, search: string): TreeRow[] {
  const wanted = search.trim().toLowerCase();
  const byDatabase = Map.groupBy(catalog.tables, ({ database }) => database);
  return catalog.databases.flatMap((database, index) => {
    const tables = (byDatabase.get(database) ?? []).filter((table) => matches(table, wanted));
    if (wanted && tables.length === 0) return [];
    const isOpen = wanted !== '' || open.has(database);
    const place = { setSize: catalog.databases.length, position: index + 1 };
    const row: TreeRow = { id: database, kind: 'database', database, count: tables.length, isOpen, level: 1, ...place };
    return isOpen ? [row, ...tables.flatMap((table, at) => tableRows(table, at, tables.length, open, wanted))] : [row];
  });
}

function tableRows(
  table: CatalogTable,
  index: number,
  setSize: number,
  open: ReadonlySet<string>,
  wanted: string,
): TreeRow[] {
  const id = tableId(table);
  // Found by a column only: that column is what the person wants to see.
  const isOpen = open.has(id) || (wanted !== '' && !table.name.includes(wanted));
  const row: TreeRow = { id, kind: 'table', table, isOpen, level: 2, setSize, position: index + 1 };
  if (!isOpen) return [row];
  if (!table.columns) return [row, { id: `${id}:`, kind: 'loading', table, level: 3, setSize: 1, position: 1 }];
  const columns = table.columns.map((column, at, all): TreeRow => {
    const place = { setSize: all.length, position: at + 1 };
    return { id: `${id}:${column.name}`, kind: 'column', table, column, level: 3, ...place };
  });
  return [row, ...columns];
}

function tableId({ database, name }: CatalogTable): string {
  return `${database}.${name}`;
}

function matches(table: CatalogTable, wanted: string): boolean {
  return table.name.includes(wanted) || Boolean(table.columns?.some(({ name }) => name.includes(wanted)));
}

export type TreeMove = { to: number } | { open: string } | { close: string };

/** What a key does in a tree: https://www.w3.org/WAI/ARIA/apg/patterns/treeview/ */
export function treeMove(rows: readonly TreeRow[], at: number, key: string, pageSize: number): TreeMove | undefined {
  const row = rows[at];
  const last = rows.length - 1;
  const go = (to: number): TreeMove => ({ to: Math.max(0, Math.min(last, to)) });
  switch (key) {
    case 'ArrowDown':
      return go(at + 1);
    case 'ArrowUp':
      return go(at - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(last);
    case 'PageDown':
      return go(at + pageSize);
    case 'PageUp':
      return go(at - pageSize);
    case 'ArrowRight':
      if (!row || !('isOpen' in row)) return undefined;
      return row.isOpen ? go(at + 1) : { open: row.id };
    case 'ArrowLeft':
      if (row && 'isOpen' in row && row.isOpen) return { close: row.id };
      return row ? go(rows.findLastIndex((each, index) => index < at && each.level < row.level)) : undefined;
    default:
      return undefined;
  }
}
