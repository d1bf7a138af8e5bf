import type { CatalogColumn, CatalogTable, EditorCatalog } from '@/components/editor/editor-catalog';
import { quoteName } from '@/lib/languages/trino-sql/token-reader.ts';

/** The table as a statement names it; the lake's own database need not be said. */
export function tableText({ database, name }: CatalogTable, catalog: EditorCatalog): string {
  return database === catalog.database ? quoteName(name) : `${quoteName(database)}.${quoteName(name)}`;
}

export function columnsText(columns: readonly CatalogColumn[]): string {
  return columns.map(({ name }) => quoteName(name)).join(', ');
}

export function sampleText(table: CatalogTable, catalog: EditorCatalog): string {
  return `SELECT *\nFROM ${tableText(table, catalog)}\nLIMIT 100`;
}

export function selectText(table: CatalogTable, columns: readonly CatalogColumn[], catalog: EditorCatalog): string {
  const list = columns.length > 0 ? columns.map(({ name }) => quoteName(name)).join(',\n  ') : '*';
  return `SELECT\n  ${list}\nFROM ${tableText(table, catalog)}\n`;
}
