import 'server-only';
import { GetQueryExecutionCommand, GetQueryRuntimeStatisticsCommand } from '@aws-sdk/client-athena';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { GetQuery } from '../schemas';
import { requireRunner } from './require-runner';
import type { QueryRecordDetail } from './schemas';

/** Returns what a list of statements would be too slow to tell of each: how many rows it gave, and whether they are still there. */
export async function getQueryRecord(ctx: Context, raw: GetQuery): Promise<QueryRecordDetail> {
  requirePermission(ctx, 'queries:read');
  const { id } = GetQuery.parse(raw);
  await requireRunner(ctx, id);
  const { QueryExecution: execution } = await ctx.aws.athena.send(
    new GetQueryExecutionCommand({ QueryExecutionId: id }),
  );
  const isDone = execution?.Status?.State === 'SUCCEEDED';
  const location = execution?.ResultConfiguration?.OutputLocation;
  const [rows, result] = await Promise.all([
    isDone ? rowsOf(ctx, id) : undefined,
    isDone && location ? findResult(ctx, location) : ({ result: 'none' } as const),
  ]);
  return {
    ...(rows === undefined ? {} : { outputRows: rows }),
    ...result,
    parameters: execution?.ExecutionParameters ?? [],
  };
}

/** Athena keeps no figures of rows for DDL, and says that in errors of its own. */
async function rowsOf(ctx: Context, id: string): Promise<number | undefined> {
  try {
    const command = new GetQueryRuntimeStatisticsCommand({ QueryExecutionId: id });
    const { QueryRuntimeStatistics } = await ctx.aws.athena.send(command);
    return QueryRuntimeStatistics?.Rows?.OutputRows;
  } catch (error) {
    if (toAppError(error).code === 'INVALID') return undefined;
    throw error;
  }
}

async function findResult(ctx: Context, location: string): Promise<Pick<QueryRecordDetail, 'result' | 'outputBytes'>> {
  const { bucket, key } = /^s3:\/\/(?<bucket>[^/]+)\/(?<key>.+)$/.exec(location)?.groups ?? {};
  try {
    const head = await ctx.aws.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return { result: 'there', ...(head.ContentLength === undefined ? {} : { outputBytes: head.ContentLength }) };
  } catch (error) {
    if (toAppError(error).code === 'NOT_FOUND') return { result: 'gone' };
    throw error;
  }
}
