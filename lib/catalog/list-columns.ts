import 'server-only';
import { GetTableCommand } from '@aws-sdk/client-glue';
import { type Context, requirePermission } from '@/lib/auth';
import { ListColumns, type TableColumn } from './schemas';
import { tableSummary } from './table-summary';

/** Returns the columns of one table, its partition columns last, as Athena shows them. */
export async function listColumns(ctx: Context, raw: ListColumns): Promise<TableColumn[]> {
  requirePermission(ctx, 'datasets:read');
  const { database, table } = ListColumns.parse(raw);
  const { Table } = await ctx.aws.glue.send(new GetTableCommand({ DatabaseName: database, Name: table }));
  return Table ? tableSummary(Table).columns : [];
}
