import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseStatement } from '../../../../lib/languages/trino-sql/parse-statement.ts';
import type { Execution } from './execution.ts';
import type { Executions } from './executions.ts';
import { planQuery } from './query-plan.ts';
import type { StatementContext } from './statement-context.ts';
import { executed } from './statements/prepared.ts';

const DEFAULT_AGE_MINUTES = 60;
const MAX_AGE_MINUTES = 7 * 24 * 60;

export const ResultReuseConfiguration = z.object({
  ResultReuseByAgeConfiguration: z
    .object({ Enabled: z.boolean(), MaxAgeInMinutes: z.number().int().min(0).max(MAX_AGE_MINUTES).optional() })
    .optional(),
});
export type ResultReuseConfiguration = z.infer<typeof ResultReuseConfiguration>;

/** How old a result may be that is taken instead of running the query; undefined where none may be taken. */
export function reuseMinutes(configuration: ResultReuseConfiguration | undefined): number | undefined {
  const byAge = configuration?.ResultReuseByAgeConfiguration;
  return byAge?.Enabled ? (byAge.MaxAgeInMinutes ?? DEFAULT_AGE_MINUTES) : undefined;
}

/** Whether a later execution can take the result; no other statements than these can: see `reuseKey`. */
export function isReusable({ substatementType, state, isReused }: Execution): boolean {
  return state === 'SUCCEEDED' && !isReused && ['SELECT', 'EXECUTE'].includes(substatementType);
}

/**
 * Equal for executions whose results stand for each other: the same words in the same work group, on the same database,
 * with results in the same place. https://docs.aws.amazon.com/athena/latest/ug/reusing-query-results.html
 */
export function reuseKey({ workGroup, catalog, database, query, parameters, output }: Execution): string {
  const place = [output.bucket, output.key.slice(0, output.key.lastIndexOf('/') + 1)];
  const parts = [workGroup, catalog, database, query.trim(), parameters, place];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** An earlier execution whose result the caller may have: not too old, still there, and of tables that they may read. */
export async function findReusable(context: StatementContext, executions: Executions): Promise<Execution | undefined> {
  const { execution, ctx, store } = context;
  if (execution.reuseMinutes === undefined) return undefined;
  const earlier = executions.findReusable(reuseKey(execution));
  if (!earlier || (earlier.completedAt ?? 0) < ctx.clock() - execution.reuseMinutes * 60_000) return undefined;
  if (!store.find(earlier.output.bucket, earlier.output.key)) return undefined;
  return (await mayHave(earlier, context)) ? earlier : undefined;
}

async function mayHave({ output }: Execution, context: StatementContext): Promise<boolean> {
  try {
    context.access.mayRead(output.bucket, output.key);
    const statement = parseStatement(context.execution.query);
    const { execution } = statement.type === 'EXECUTE' ? executed(statement, context) : context;
    const { query: sql, parameters, database } = execution;
    (await planQuery({ ...context, sql, parameters, database })).release();
    return true;
  } catch {
    // Without a result to take, the query is run, and says itself what is wrong.
    return false;
  }
}
