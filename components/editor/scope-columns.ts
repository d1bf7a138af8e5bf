import type { OutputColumn, QueryScope, RelationScope } from '@/lib/languages/trino-sql/editing/query-scope.ts';
import type { CatalogColumn, EditorCatalog } from './editor-catalog';

/** The columns of what a FROM clause reads: a table's, a query's, or the names behind its alias. */
export async function relationColumns(
  { table, query, columnNames }: RelationScope,
  catalog: EditorCatalog,
): Promise<readonly CatalogColumn[]> {
  const given = table
    ? await catalog.columns(table.database ?? catalog.database, table.table)
    : query
      ? await outputColumns(query, catalog)
      : [];
  if (!columnNames) return given;
  return columnNames.map((name, index) => ({ ...given[index], name }));
}

async function outputColumns({ output }: QueryScope, catalog: EditorCatalog): Promise<CatalogColumn[]> {
  const lists = await Promise.all(output.map((column) => columnsOf(column, catalog)));
  return lists.flat();
}

async function columnsOf(column: OutputColumn, catalog: EditorCatalog): Promise<readonly CatalogColumn[]> {
  if (column.type === 'all') return scopeColumns(column.scope, column.relation, catalog);
  if (!column.from) return [{ name: column.name }];
  const { scope, relation, column: source } = column.from;
  const found = (await scopeColumns(scope, relation, catalog)).find(({ name }) => name === source);
  return [{ ...found, name: column.name }];
}

async function scopeColumns(
  { relations }: QueryScope,
  relation: string | undefined,
  catalog: EditorCatalog,
): Promise<CatalogColumn[]> {
  const read = relations.filter(({ name }) => relation === undefined || name === relation);
  const lists = await Promise.all(read.map((each) => relationColumns(each, catalog)));
  return lists.flat();
}

/** What a name before a dot means, seen from a query: its own relations first, then those around it. */
export function findRelation(scope: QueryScope, name: string): RelationScope | undefined {
  for (let each: QueryScope | undefined = scope; each; each = each.parent) {
    const found = each.relations.find((relation) => relation.name === name);
    if (found) return found;
  }
  return undefined;
}
