import 'server-only';
import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { quoteName } from '@/lib/languages/trino-sql/token-reader.ts';
import { rowPage } from '@/lib/query/row-page';
import type { RowPage } from '@/lib/query/schemas';
import { readDatasetAddress } from './dataset-address';
import { SampleTable } from './schemas';

const SAMPLE_ROWS = 20;
const TIMEOUT_MS = 30_000;

/** Returns the first rows of a table, by a query: what is seen here is what everybody's queries see. */
export async function sampleTable(ctx: Context, raw: SampleTable): Promise<RowPage> {
  requirePermission(ctx, 'datasets:read');
  const { table } = SampleTable.parse(raw);
  const lake = await getLake();
  const { database, name } = readDatasetAddress(table, lake.database);
  const { QueryExecutionId: id } = await ctx.aws.athena.send(
    new StartQueryExecutionCommand({
      QueryString: `SELECT * FROM ${quoteName(database)}.${quoteName(name)} LIMIT ${SAMPLE_ROWS}`,
      WorkGroup: lake.workGroup,
      QueryExecutionContext: { Database: database },
    }),
  );
  await recordAudit(ctx, { action: 'queries.run', subject: id ?? '', details: { via: 'console' } });
  await finished(ctx, id ?? '', table);
  const output = await ctx.aws.athena.send(
    new GetQueryResultsCommand({ QueryExecutionId: id, MaxResults: SAMPLE_ROWS + 1 }),
  );
  const { columns, rows } = rowPage(output, { first: true });
  return { columns, rows };
}

async function finished(ctx: Context, id: string, table: string): Promise<void> {
  const until = Date.now() + TIMEOUT_MS;
  for (let wait = 20; ; wait = Math.min(wait * 1.5, 1000)) {
    const { QueryExecution } = await ctx.aws.athena.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
    const state = QueryExecution?.Status?.State;
    if (state === 'SUCCEEDED') return;
    if (state === 'FAILED' || state === 'CANCELLED') throw failed(QueryExecution, table);
    if (Date.now() > until) {
      throw new AppError('UNAVAILABLE', `Athena has not shown rows of ${table} within 30 s (query ${id}). Try again.`);
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

function failed(execution: QueryExecution | undefined, table: string): AppError {
  const reason = execution?.Status?.AthenaError?.ErrorMessage ?? execution?.Status?.StateChangeReason;
  const code = /^(TABLE|SCHEMA)_NOT_FOUND/.test(reason ?? '') ? 'NOT_FOUND' : 'UNAVAILABLE';
  return new AppError(code, `Athena could not read ${table}: ${reason ?? 'it gave no reason'}`);
}
