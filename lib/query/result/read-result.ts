import 'server-only';
import { GetQueryExecutionCommand, type QueryExecution } from '@aws-sdk/client-athena';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { Context } from '@/lib/auth';
import { AppError } from '@/lib/errors';
import { listQueryRows } from '../list-query-rows';
import type { Cell, ResultColumn } from '../schemas';
import { cellsOf, csvRow, RowScanner } from './csv-rows';

export interface ResultSource {
  columns: ResultColumn[];
  /** Where Athena wrote it as CSV; undefined for listings, and where Athena keeps results for itself. */
  place?: { bucket: string; key: string };
}

/** Finds a finished query's result. */
export async function findSource(ctx: Context, id: string): Promise<ResultSource> {
  const { QueryExecution: execution } = await ctx.aws.athena.send(
    new GetQueryExecutionCommand({ QueryExecutionId: id }),
  );
  if (execution?.Status?.State !== 'SUCCEEDED') throw notFinished(id, execution);
  const { columns } = await listQueryRows(ctx, { id, maxRows: 1 });
  const { bucket, key } =
    /^s3:\/\/(?<bucket>[^/]+)\/(?<key>.+\.csv)$/.exec(execution.ResultConfiguration?.OutputLocation ?? '')?.groups ??
    {};
  return bucket && key ? { columns, place: { bucket, key } } : { columns };
}

function notFinished(id: string, execution: QueryExecution | undefined): AppError {
  const state = execution?.Status?.State;
  if (state === undefined) return new AppError('NOT_FOUND', `There is no query ${id}.`);
  return new AppError('CONFLICT', `The query ${id} has no rows to read: it is ${state}. Run it again.`);
}

/** The result's bytes as CSV, from S3 where they lie there, else written of what Athena answers. */
export async function openBytes(ctx: Context, id: string, source: ResultSource): Promise<AsyncIterable<Uint8Array>> {
  if (!source.place) return listedBytes(ctx, id);
  const { bucket, key } = source.place;
  const { Body } = await ctx.aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if (!Body) throw new AppError('UNAVAILABLE', `S3 gave s3://${bucket}/${key} without its bytes. Try again.`);
  return Body as unknown as AsyncIterable<Uint8Array>;
}

async function* listedBytes(ctx: Context, id: string): AsyncGenerator<Uint8Array> {
  let nextToken: string | undefined;
  do {
    const page = await listQueryRows(ctx, { id, nextToken });
    yield Buffer.from(page.rows.map(csvRow).join(''));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
}

/** The result's rows, some at a time, none of them kept. */
export async function* rowBatches(bytes: AsyncIterable<Uint8Array>, hasHeader: boolean): AsyncGenerator<Cell[][]> {
  let batch: Cell[][] = [];
  let isHeader = hasHeader;
  const scanner = new RowScanner((row, start, end) => {
    if (isHeader) isHeader = false;
    else batch.push(cellsOf(row, start, end));
  });
  for await (const chunk of bytes) {
    scanner.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    if (batch.length > 0) yield batch;
    batch = [];
  }
  scanner.end();
  if (batch.length > 0) yield batch;
}
