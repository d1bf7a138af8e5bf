import { z } from 'zod';
import type { ResultColumn } from '../../../engine/task.ts';
import { type Caller, type Operation, operation } from '../../../service.ts';
import type { ServiceContext } from '../../../service-context.ts';
import type { ObjectStore } from '../../s3/object-store.ts';
import type { ObjectVersion } from '../../s3/object-version.ts';
import { SMALL_BYTES_MAX } from '../../s3/small-blobs.ts';
import type { AthenaArns } from '../arns.ts';
import { invalidRequest } from '../errors.ts';
import type { Execution } from '../execution.ts';
import type { Executions } from '../executions.ts';
import { isCaseSensitive } from '../result-metadata.ts';
import { type PageOptions, type ResultPage, type ResultRow, readResultPage, resultPage } from '../result-page.ts';

export interface ResultParts {
  ctx: ServiceContext;
  arns: AthenaArns;
  executions: Executions;
  store: ObjectStore;
}

const GetQueryResults = z.object({
  QueryExecutionId: z.string().min(1).max(128),
  NextToken: z.string().max(1024).optional(),
  MaxResults: z.number().int().min(1).max(1000).optional(),
});
type GetQueryResults = z.infer<typeof GetQueryResults>;

/** A page token: the byte of the result file where the page begins. */
const Token = z.tuple([z.string(), z.number().int().min(0)]);

export function resultOperations({ ctx, arns, executions, store }: ResultParts): Record<string, Operation> {
  const get = async ({ QueryExecutionId: id, NextToken, MaxResults = 1000 }: GetQueryResults, caller: Caller) => {
    const execution = executions.get(id);
    if (execution.state !== 'SUCCEEDED') throw notSucceeded(execution);
    const { bucket, key } = execution.output;
    // Results are read as the caller, and not as Athena: https://docs.aws.amazon.com/athena/latest/ug/querying.html
    ctx.inside.authorize(caller.principal, { action: 's3:GetObject', resource: `arn:aws:s3:::${bucket}/${key}` });
    const version = store.find(bucket, key);
    if (!version) throw invalidRequest(`Could not find results: s3://${bucket}/${key} does not exist any more`);
    const options = { maxRows: MaxResults, format: key.endsWith('.csv') ? 'csv' : 'txt' } as const;
    const page = await pageFrom(version, readToken(NextToken, id), options);
    return {
      UpdateCount: execution.updateCount ?? 0,
      ResultSet: {
        Rows: page.rows.map(rowOut),
        ResultSetMetadata: { ColumnInfo: (execution.columns ?? []).map(columnOut) },
      },
      NextToken: page.next === undefined ? undefined : writeToken(id, page.next),
    };
  };

  const pageFrom = async (version: ObjectVersion, from: number, options: PageOptions): Promise<ResultPage> => {
    // What lies in the State has no file of its own; to make one takes longer than to read the bytes.
    if (version.size <= SMALL_BYTES_MAX) return resultPage(await store.readBytes(version), from, options);
    const release = store.hold([version]);
    try {
      return await readResultPage(store.path(version), from, options);
    } finally {
      release();
    }
  };

  return {
    GetQueryResults: operation({
      input: GetQueryResults,
      access: ({ QueryExecutionId: id }) => arns.onWorkGroup('GetQueryResults', executions.get(id).workGroup),
      run: get,
    }),
  };
}

function notSucceeded({ state, reason }: Execution) {
  if (state === 'QUEUED' || state === 'RUNNING') {
    return invalidRequest(`Query has not yet finished. Current state: ${state}`, 'INVALID_QUERY_EXECUTION_STATE');
  }
  const why = reason ? `. ${reason}` : '';
  return invalidRequest(
    `Query did not finish successfully. Final query state: ${state}${why}`,
    'INVALID_QUERY_EXECUTION_STATE',
  );
}

function writeToken(id: string, offset: number): string {
  return Buffer.from(JSON.stringify([id, offset])).toString('base64url');
}

function readToken(token: string | undefined, id: string): number {
  if (token === undefined) return 0;
  try {
    const [owner, offset] = Token.parse(JSON.parse(Buffer.from(token, 'base64url').toString()));
    if (owner === id) return offset;
  } catch {
    // Answered below, like a token of another execution.
  }
  throw invalidRequest('NextToken is not valid for this query execution');
}

function rowOut(row: ResultRow) {
  return { Data: row.map((value) => (value === undefined ? {} : { VarCharValue: value })) };
}

function columnOut({ name, type, precision, scale }: ResultColumn) {
  return {
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: name,
    Label: name,
    Type: type,
    Precision: precision,
    Scale: scale,
    Nullable: 'UNKNOWN',
    CaseSensitive: isCaseSensitive(type),
  };
}
