import 'server-only';
import type { Table } from '@aws-sdk/client-glue';
import { type FindTable, type KnownTable, lower } from '@/lib/languages/trino-sql/cost/scan-scope.ts';
import { queryNames } from '@/lib/languages/trino-sql/query-names.ts';
import { parseQuery } from '@/lib/languages/trino-sql/query-parser.ts';
import type { CatalogReader } from './catalog-reader';
import { readView } from './read-view';
import { UnknownCost } from './unknown-cost';

/** A view that names itself would be opened for ever. */
const MAX_VIEW_DEPTH = 16;
/** Schemas that Athena makes up itself: nothing of them is scanned. */
const MADE_UP = 'information_schema';

/** Asks the catalog for every table that a query and its views name. */
export async function knownTables(
  sql: string,
  database: string,
  catalog: CatalogReader,
  tables: Map<string, Table>,
  depth = 0,
): Promise<FindTable> {
  if (depth > MAX_VIEW_DEPTH) throw new UnknownCost('table', 'view');
  const known = new Map<string, KnownTable>();
  await Promise.all(
    queryNames(sql).tables.map(async ({ catalog: source, schema = database, name }) => {
      const key = `${schema}.${name}`;
      if (source && source !== 'awsdatacatalog') throw new UnknownCost('format', `${source}.${key}`);
      if (schema === MADE_UP) throw new UnknownCost('format', key);
      const table = await catalog.getTable(schema, name);
      tables.set(key, table);
      known.set(key, await knownTable(key, table, catalog, tables, depth));
    }),
  );
  return (path) =>
    known.get(path.length > 1 ? path.slice(-2).map(lower).join('.') : `${database}.${path.map(lower)[0]}`);
}

async function knownTable(
  name: string,
  table: Table,
  catalog: CatalogReader,
  tables: Map<string, Table>,
  depth: number,
): Promise<KnownTable> {
  const columns = (table.StorageDescriptor?.Columns ?? []).map(({ Name = '' }) => Name.toLowerCase());
  const partitionKeys = (table.PartitionKeys ?? []).map(({ Name = '' }) => Name.toLowerCase());
  const known = { name, columns, partitionKeys };
  if (table.TableType !== 'VIRTUAL_VIEW') return known;
  const view = readView(table);
  if (!view) throw new UnknownCost('format', name);
  const find = await knownTables(view.sql, view.database, catalog, tables, depth + 1);
  return { ...known, view: { query: parseQuery(view.sql), find } };
}
