import type { QueryExecution } from '@aws-sdk/client-athena';
import { env } from '@/lib/config/env';
import { toOwnMessage, toOwnPlace, toOwnSql } from '@/lib/languages/trino-sql/past-sql.ts';
import { scanPrice } from './cost/price';
import { queryError } from './query-error';
import type { Query, QueryError, QueryStatus } from './schemas';

const statuses: Record<string, QueryStatus> = {
  QUEUED: 'queued',
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
};

/** Returns an execution as the person knows it: their own statement, and where in it an error is. */
export function toQuery(execution: QueryExecution): Query {
  const { QueryExecutionId: id = '', Status, Statistics } = execution;
  const status = statuses[Status?.State ?? ''] ?? 'running';
  const sent = execution.Query ?? '';
  const reason = Status?.AthenaError?.ErrorMessage ?? Status?.StateChangeReason;
  const endedAt = Status?.CompletionDateTime?.getTime();
  return {
    id,
    sql: toOwnSql(sent),
    status,
    ...(status === 'failed' && reason ? { error: ownError(sent, queryError(reason)) } : {}),
    submittedAt: Status?.SubmissionDateTime?.getTime() ?? 0,
    ...(endedAt ? { endedAt } : {}),
    scannedBytes: Statistics?.DataScannedInBytes ?? 0,
    ...priceOf(execution),
    queuedMs: Statistics?.QueryQueueTimeInMillis ?? 0,
    planningMs: Statistics?.QueryPlanningTimeInMillis ?? 0,
    engineMs: Statistics?.EngineExecutionTimeInMillis ?? 0,
    serviceMs: Statistics?.ServiceProcessingTimeInMillis ?? 0,
    totalMs: Statistics?.TotalExecutionTimeInMillis ?? Statistics?.EngineExecutionTimeInMillis ?? 0,
    // CREATE, DROP and INSERT give none; SHOW, DESCRIBE and EXPLAIN are UTILITY and do.
    hasRows: execution.StatementType !== 'DDL' || /^\s*(show|describe|explain)\b/i.test(sent),
  };
}

function priceOf(execution: QueryExecution): { usd?: number } {
  const bytes = isCharged(execution) ? (execution.Statistics?.DataScannedInBytes ?? 0) : 0;
  const { usd } = scanPrice(bytes, env().AWS_REGION);
  return usd === undefined ? {} : { usd };
}

/** AWS charges neither for definitions nor for a query that failed: https://aws.amazon.com/athena/pricing/ */
function isCharged({ StatementType, Status }: QueryExecution): boolean {
  return StatementType === 'DML' && Status?.State !== 'FAILED';
}

/** Athena was sent tables of the past under other names: its error is about the statement as the person wrote it. */
function ownError(sent: string, error: QueryError): QueryError {
  const { line, column, message } = error;
  return {
    ...error,
    message: toOwnMessage(sent, message),
    ...(line && column ? toOwnPlace(sent, { line, column }) : {}),
  };
}
