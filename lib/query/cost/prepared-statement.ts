import 'server-only';
import { GetPreparedStatementCommand } from '@aws-sdk/client-athena';
import type { Context } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { bindParameters } from '@/lib/languages/trino-sql/parameters.ts';
import { SqlError } from '@/lib/languages/trino-sql/sql-error.ts';
import type { Statement } from '@/lib/languages/trino-sql/statement.ts';
import { asUnknown, UnknownCost } from './unknown-cost';

/** The statement that EXECUTE stands for, with the values of its USING; without one, its `?` stay open. */
export async function preparedStatement(
  ctx: Context,
  { name, parameters }: Extract<Statement, { type: 'EXECUTE' }>,
  { workGroup, signal }: { workGroup: string; signal: AbortSignal },
): Promise<string> {
  const sql = await findText(ctx, name, workGroup, signal);
  try {
    return parameters.length > 0 ? bindParameters(sql, parameters) : sql;
  } catch (error) {
    throw error instanceof SqlError ? new UnknownCost('parameters', name, error) : error;
  }
}

async function findText(ctx: Context, name: string, workGroup: string, signal: AbortSignal): Promise<string> {
  const input = { StatementName: name, WorkGroup: workGroup };
  try {
    const answer = await ctx.aws.athena.send(new GetPreparedStatementCommand(input), { abortSignal: signal });
    return answer.PreparedStatement?.QueryStatement ?? '';
  } catch (error) {
    signal.throwIfAborted();
    throw toAppError(error).code === 'NOT_FOUND' ? new UnknownCost('prepared', name, error) : asUnknown(error, name);
  }
}
