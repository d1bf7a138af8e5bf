import { SqlError } from '../../../../../lib/languages/trino-sql/sql-error.ts';
import type { Statement } from '../../../../../lib/languages/trino-sql/statement.ts';
import { AthenaArns } from '../arns.ts';
import type { Outcome, StatementContext } from '../statement-context.ts';
import { listing } from './listing.ts';

type Of<T extends Statement['type']> = Extract<Statement, { type: T }>;

/** https://docs.aws.amazon.com/athena/latest/ug/querying-with-prepared-statements-sql.html */
export async function prepare({ name, query }: Of<'PREPARE'>, context: StatementContext): Promise<Outcome> {
  const { workGroup } = context.execution;
  mayCall(context.prepared.find(workGroup, name) ? 'UpdatePreparedStatement' : 'CreatePreparedStatement', context);
  await context.prepared.put({ name, sql: query, workGroup, modifiedAt: context.ctx.clock() });
  return listing([]);
}

export async function deallocate({ name }: Of<'DEALLOCATE'>, context: StatementContext): Promise<Outcome> {
  const { workGroup } = context.execution;
  mayCall('DeletePreparedStatement', context);
  if (!context.prepared.find(workGroup, name)) throw notFound(name);
  await context.prepared.delete(workGroup, name);
  return listing([]);
}

/** The statement that EXECUTE stands for, with its parameters. */
export function executed({ name, parameters }: Of<'EXECUTE'>, context: StatementContext): StatementContext {
  const { execution, prepared } = context;
  mayCall('GetPreparedStatement', context);
  const statement = prepared.find(execution.workGroup, name);
  if (!statement) throw notFound(name);
  const given = parameters.length > 0 ? parameters : execution.parameters;
  return { ...context, isExecuted: true, execution: { ...execution, query: statement.sql, parameters: given } };
}

/** https://docs.aws.amazon.com/athena/latest/ug/security-iam-athena-prepared-statements.html */
function mayCall(operation: string, { ctx, execution }: StatementContext): void {
  const arns = new AthenaArns(ctx.region, ctx.account);
  for (const access of arns.onWorkGroup(operation, execution.workGroup))
    ctx.inside.authorize(execution.principal, access);
}

function notFound(name: string): SqlError {
  return new SqlError('NOT_FOUND', `Prepared statement not found: ${name}`);
}
