import 'server-only';
import { GetQueryResultsCommand } from '@aws-sdk/client-athena';
import { type Context, requirePermission } from '@/lib/auth';
import { rowPage } from './row-page';
import { ListQueryRows, PAGE_ROWS, type RowPage } from './schemas';

/** Returns one page of a finished query's rows; the next one by its token. */
export async function listQueryRows(ctx: Context, raw: ListQueryRows): Promise<RowPage> {
  requirePermission(ctx, 'queries:read');
  const { id, nextToken } = ListQueryRows.parse(raw);
  const output = await ctx.aws.athena.send(
    new GetQueryResultsCommand({ QueryExecutionId: id, NextToken: nextToken, MaxResults: PAGE_ROWS }),
  );
  return rowPage(output, { first: nextToken === undefined });
}
