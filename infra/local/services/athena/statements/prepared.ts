import { SqlError } from '../../../../../lib/languages/trino-sql/sql-error.ts';
import type { Statement } from '../../../../../lib/languages/trino-sql/statement.ts';
import type { Outcome, StatementContext } from '../statement-context.ts';
import { listing } from './listing.ts';

type Of<T extends Statement['type']> = Extract<Statement, { type: T }>;

/** https://docs.aws.amazon.com/athena/latest/ug/querying-with-prepared-statements-sql.html */
export async function prepare({ name, query }: Of<'PREPARE'>, context: StatementContext): Promise<Outcome> {
  const { workGroup } = context.execution;
  await context.prepared.put({ name, sql: query, workGroup, modifiedAt: context.ctx.clock() });
  return listing([]);
}

export async function deallocate({ name }: Of<'DEALLOCATE'>, context: StatementContext): Promise<Outcome> {
  const { workGroup } = context.execution;
  if (!context.prepared.find(workGroup, name)) throw notFound(name);
  await context.prepared.delete(workGroup, name);
  return listing([]);
}

/** The statement that EXECUTE stands for, with its parameters. */
export function executed({ name, parameters }: Of<'EXECUTE'>, context: StatementContext): StatementContext {
  const { execution, prepared } = context;
  const statement = prepared.find(execution.workGroup, name);
  if (!statement) throw notFound(name);
  const given = parameters.length > 0 ? parameters : execution.parameters;
  return { ...context, isExecuted: true, execution: { ...execution, query: statement.sql, parameters: given } };
}

function notFound(name: string): SqlError {
  return new SqlError('NOT_FOUND', `Prepared statement not found: ${name}`);
}
