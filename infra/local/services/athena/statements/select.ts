import { join } from 'node:path';
import { SMALL_BYTES_MAX } from '../../s3/small-blobs.ts';
import { planQuery } from '../query-plan.ts';
import type { Outcome, StatementContext } from '../statement-context.ts';

/** Athena's own limit of a DML statement: https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
export const QUERY_TIMEOUT_MS = 30 * 60 * 1000;

export async function select(context: StatementContext): Promise<Outcome> {
  const { execution, engine, signal, folder } = context;
  const started = performance.now();
  const plan = await planQuery({
    ...context,
    sql: execution.query,
    parameters: execution.parameters,
    database: execution.database,
  });
  const planned = performance.now();
  try {
    const path = join(folder, 'result.csv');
    const task = {
      ...plan.task,
      output: { format: 'csv', path, textBytesMax: SMALL_BYTES_MAX },
      maxScannedBytes: execution.maxScannedBytes,
    } as const;
    const result = await engine.run(task, { signal, timeoutMs: QUERY_TIMEOUT_MS });
    const { columns, rowCount, text, scannedBytes, executionMs } = result;
    return {
      body: text === undefined ? { adopt: path } : Buffer.from(text),
      columns,
      rowCount,
      scannedBytes,
      planningMs: planned - started + result.planningMs,
      engineMs: executionMs,
    };
  } finally {
    plan.release();
  }
}
