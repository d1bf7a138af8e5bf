import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SqlError } from '../../../../../lib/languages/trino-sql/sql-error.ts';
import type { Statement } from '../../../../../lib/languages/trino-sql/statement.ts';
import { varchar } from '../../../../../lib/languages/trino-sql/types.ts';
import { resultColumn } from '../../../engine/result-column.ts';
import { planQuery } from '../query-plan.ts';
import type { Outcome, StatementContext } from '../statement-context.ts';
import { listing } from './listing.ts';
import { QUERY_TIMEOUT_MS } from './select.ts';

/** https://docs.aws.amazon.com/athena/latest/ug/athena-explain-statement.html */
export async function explain(
  { query, analyze, kind, format }: Extract<Statement, { type: 'EXPLAIN' }>,
  context: StatementContext,
): Promise<Outcome> {
  if (!['LOGICAL', 'DISTRIBUTED', 'VALIDATE'].includes(kind))
    throw new SqlError('NOT_SUPPORTED', `EXPLAIN of TYPE ${kind} is not supported by the local lake`);
  if (!['TEXT', 'JSON'].includes(format))
    throw new SqlError('NOT_SUPPORTED', `EXPLAIN in FORMAT ${format} is not supported by the local lake`);
  const { execution, engine, signal, folder } = context;
  const { parameters, database } = execution;
  const plan = await planQuery({ ...context, sql: query, parameters, database });
  try {
    if (kind === 'VALIDATE') return listing(['Valid'], [['true']]);
    const file = join(folder, 'result.txt');
    const output = { format: 'plan', path: file, run: analyze, json: format === 'JSON' } as const;
    const task = { ...plan.task, output, maxScannedBytes: execution.maxScannedBytes };
    const { rowCount, planningMs, executionMs, scannedBytes } = await engine.run(task, {
      signal,
      timeoutMs: QUERY_TIMEOUT_MS,
    });
    const columns = [resultColumn('Query Plan', varchar())];
    const body = await readFile(file);
    return { body, columns, rowCount, scannedBytes: analyze ? scannedBytes : 0, planningMs, engineMs: executionMs };
  } finally {
    plan.release();
  }
}
