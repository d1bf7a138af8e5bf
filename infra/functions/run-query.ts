import {
  type AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  InvalidRequestException,
  type QueryExecution,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { markPipelineSql } from '../../lib/languages/trino-sql/pipeline-mark.ts';

export interface QueryPlace {
  database: string;
  workGroup: string;
}

export interface QueryAnswer {
  columns: string[];
  /** As Athena prints values; null for NULL. */
  rows: (string | null)[][];
  scannedBytes: number;
}

/** A query that Athena took and did not bring to its end. */
export class QueryFailure extends Error {
  override readonly name = 'QueryFailure';
  /** False where the same statement may well succeed another time. */
  readonly isOfStatement: boolean;

  constructor(message: string, isOfStatement: boolean, options?: ErrorOptions) {
    super(message, options);
    this.isOfStatement = isOfStatement;
  }
}

/** A query that lacks a permission: neither its statement nor Athena is at fault, and trying again changes nothing. */
class QueryDenied extends Error {
  override readonly name = 'QueryDenied';
}

/** The words of Athena itself, of Glue and of S3, which it asks on behalf of its caller. */
const denial = /not authorized to perform|access ?denied|permission_denied|insufficient permissions/i;

const firstPauseMs = 5;
const pauseMaxMs = 1000;
/** More than any statement of ours answers; a query of somebody else's rule may. */
const rowsMax = 10_000;

/** Runs a statement and waits for its rows. Throws a QueryFailure where Athena cannot run it to its end. */
export async function runQuery(athena: AthenaClient, sql: string, place: QueryPlace): Promise<QueryAnswer> {
  const id = await startQuery(athena, sql, place);
  const { Statistics } = await ended(athena, id);
  return { ...(await readRows(athena, id)), scannedBytes: Statistics?.DataScannedInBytes ?? 0 };
}

async function startQuery(athena: AthenaClient, sql: string, { database, workGroup }: QueryPlace) {
  try {
    const { QueryExecutionId } = await athena.send(
      new StartQueryExecutionCommand({
        QueryString: markPipelineSql(sql),
        QueryExecutionContext: { Database: database },
        WorkGroup: workGroup,
      }),
    );
    return QueryExecutionId;
  } catch (error) {
    if (error instanceof InvalidRequestException) throw new QueryFailure(error.message, true, { cause: error });
    throw error;
  }
}

async function ended(athena: AthenaClient, id: string | undefined): Promise<QueryExecution> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.25, pauseMaxMs)) {
    const { QueryExecution = {} } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
    const { State, StateChangeReason = 'no reason given', AthenaError } = QueryExecution.Status ?? {};
    if (State === 'SUCCEEDED') return QueryExecution;
    if (State === 'FAILED' && denial.test(StateChangeReason)) throw new QueryDenied(StateChangeReason);
    // Category 1 is Athena's own fault. https://docs.aws.amazon.com/athena/latest/APIReference/API_AthenaError.html
    if (State === 'FAILED') throw new QueryFailure(StateChangeReason, AthenaError?.ErrorCategory !== 1);
    if (State === 'CANCELLED') throw new QueryFailure(`The query was cancelled: ${StateChangeReason}`, false);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function readRows(athena: AthenaClient, id: string | undefined): Promise<Omit<QueryAnswer, 'scannedBytes'>> {
  const rows: (string | null)[][] = [];
  let columns: string[] = [];
  let token: string | undefined;
  do {
    const { ResultSet, NextToken } = await athena.send(
      new GetQueryResultsCommand({ QueryExecutionId: id, NextToken: token }),
    );
    columns = ResultSet?.ResultSetMetadata?.ColumnInfo?.map(({ Name = '' }) => Name) ?? columns;
    const page = (ResultSet?.Rows ?? []).map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue ?? null));
    // The first row of results repeats the columns' names.
    rows.push(...(token === undefined ? page.slice(1) : page));
    token = NextToken;
  } while (token !== undefined && rows.length < rowsMax);
  return { columns, rows };
}
