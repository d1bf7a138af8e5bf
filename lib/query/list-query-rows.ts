import 'server-only';
import { GetQueryResultsCommand } from '@aws-sdk/client-athena';
import { type Context, requirePermission } from '@/lib/auth';
import { rowPage } from './row-page';
import { ListQueryRows, PAGE_ROWS, type RowPage } from './schemas';

/** Returns one page of a finished query's rows; the next one by its token. */
export async function listQueryRows(ctx: Context, raw: ListQueryRows): Promise<RowPage> {
  requirePermission(ctx, 'queries:read');
  const { id, nextToken, maxRows } = ListQueryRows.parse(raw);
  // The first page's header counts as a row.
  const MaxResults = Math.min(PAGE_ROWS, nextToken === undefined ? maxRows + 1 : maxRows);
  const output = await ctx.aws.athena.send(
    new GetQueryResultsCommand({ QueryExecutionId: id, NextToken: nextToken, MaxResults }),
  );
  return rowPage(output, { first: nextToken === undefined });
}
