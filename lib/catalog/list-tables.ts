import 'server-only';
import { GetDatabasesCommand, GetTablesCommand } from '@aws-sdk/client-glue';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { ListTables, type TablePage } from './schemas';
import { tableSummary } from './table-summary';

/** As many as Glue gives at once. They come with their columns: a small lake needs no second request. */
const FIRST_TABLES = 100;
/** Of a large lake only names are sent, and so many of them at a time. */
const PAGE_TABLES = 1_000;

/** Returns the databases that the person may see, the lake's own first; those of the past are the console's own. */
export async function listDatabases(ctx: Context): Promise<string[]> {
  requirePermission(ctx, 'datasets:read');
  const { database, versionsDatabase } = await getLake();
  const { items } = await collectPages(async (token) => {
    const page = await ctx.aws.glue.send(new GetDatabasesCommand({ NextToken: token }));
    return { items: page.DatabaseList, next: page.NextToken };
  }).catch((error: unknown) => {
    // Glue lists databases only for those who may see all of them; everybody here may see the lake's own.
    if (toAppError(error).code === 'FORBIDDEN') return { items: [] };
    throw error;
  });
  const others = items.flatMap(({ Name }) => (Name && Name !== database && Name !== versionsDatabase ? [Name] : []));
  return [database, ...others.sort()];
}

/** Returns tables of a database in the order of the catalog: a hundred with their columns first, then a thousand at a time. */
export async function listTables(ctx: Context, raw: ListTables): Promise<TablePage> {
  requirePermission(ctx, 'datasets:read');
  const { database, nextToken: after } = ListTables.parse(raw);
  const tables: TablePage['tables'] = [];
  const isFirst = after === undefined;
  let nextToken = after;
  do {
    const page = await ctx.aws.glue
      .send(new GetTablesCommand({ DatabaseName: database, NextToken: nextToken, MaxResults: FIRST_TABLES }))
      .catch((error: unknown) => {
        // A lake that has never seen a file may have no database yet.
        if (toAppError(error).code === 'NOT_FOUND') return { TableList: [], NextToken: undefined };
        throw error;
      });
    for (const table of page.TableList ?? []) {
      const { name, columns, rows, sizeBytes } = tableSummary(table);
      tables.push({
        name,
        ...(isFirst ? { columns } : {}),
        ...(rows === undefined ? {} : { rows }),
        ...(sizeBytes === undefined ? {} : { sizeBytes }),
        ...(table.TableType === 'VIRTUAL_VIEW' ? { isView: true } : {}),
      });
    }
    nextToken = page.NextToken;
  } while (nextToken && !isFirst && tables.length < PAGE_TABLES);
  return { database, tables, ...(nextToken ? { nextToken } : {}) };
}
