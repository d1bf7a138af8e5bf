import type { QueryExecution } from '@aws-sdk/client-athena';
import { isPipelineSql } from '@/lib/languages/trino-sql/pipeline-mark.ts';
import { toQuery } from '../to-query';
import type { Runner } from './runners';
import type { QueryRecord, QuerySource } from './schemas';

export function toQueryRecord(execution: QueryExecution, runner: Runner | undefined, own: string): QueryRecord {
  const { id, sql, status, error, submittedAt, endedAt, totalMs, scannedBytes, usd, hasRows } = toQuery(execution);
  return {
    ...{ id, sql, status, submittedAt, totalMs, scannedBytes, hasRows },
    ...(error ? { error } : {}),
    ...(endedAt ? { endedAt } : {}),
    ...(usd === undefined ? {} : { priceUsd: usd }),
    workGroup: execution.WorkGroup ?? '',
    source: sourceOf(sql, runner),
    ...(runner ? { by: runner.email } : {}),
    isOwn: runner?.email === own,
  };
}

function sourceOf(sql: string, runner: Runner | undefined): QuerySource {
  if (runner) return runner.via;
  return isPipelineSql(sql) ? 'pipeline' : 'outside';
}
