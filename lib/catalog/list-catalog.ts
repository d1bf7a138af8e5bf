import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake, type Lake } from '@/lib/aws/lake';
import { withLimit } from '@/lib/aws/with-limit';
import { datasetAddress } from './dataset-address';
import { listAllTables, listFileDatasets } from './list-datasets';
import { listDatabases } from './list-tables';
import type { CatalogListing, ListedDataset, TableSummary } from './schemas';
import { zoneOfLocation } from './zone-of-location';

const DATABASES_AT_ONCE = 4;

/**
 * Returns the whole catalog, as short rows: every table of every database that the person's role sees, and the datasets
 * that are files only. Glue is asked for lists, never for a table.
 */
export async function listCatalog(ctx: Context): Promise<CatalogListing> {
  requirePermission(ctx, 'datasets:read');
  const lake = await getLake();
  const [databases, withFiles] = await Promise.all([listDatabases(ctx), listFileDatasets(ctx, lake.processedBucket)]);
  const found = await withLimit(databases, DATABASES_AT_ONCE, (database) => tablesOf(ctx, database, lake));
  const tables = found.flatMap((each) => each ?? []);
  const own = new Set(tables.flatMap((table) => (table.database === lake.database ? [table.dataset] : [])));
  const filesOnly = withFiles.filter((name) => !own.has(name));
  return {
    database: lake.database,
    datasets: [
      ...tables.map((table) => listed(table, lake)),
      ...filesOnly.map((name) => ({ address: name, database: lake.database, name, dataset: name })),
    ],
    hidden: databases.filter((_, index) => found[index] === undefined),
  };
}

/** Undefined where the role may not list them: Glue's policies may show a database and none of its tables. */
async function tablesOf(ctx: Context, database: string, lake: Lake): Promise<TableSummary[] | undefined> {
  try {
    return await listAllTables(ctx, database);
  } catch (error) {
    if (database !== lake.database && toAppError(error).code === 'FORBIDDEN') return undefined;
    throw error;
  }
}

/** Columns stay behind: of thousands of tables they would be most of the page. */
function listed(table: TableSummary, lake: Lake): ListedDataset {
  const { columns, partitionKeys: _keys, updatedAt: _updated, growth: _growth, location, ...row } = table;
  const zone = zoneOfLocation(location, lake);
  return {
    ...row,
    address: datasetAddress(table, lake.database),
    columnCount: columns.length,
    ...(zone ? { zone } : {}),
  };
}
