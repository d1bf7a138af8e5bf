import { SqlError } from '../../../../../lib/languages/trino-sql/sql-error.ts';
import type { Statement } from '../../../../../lib/languages/trino-sql/statement.ts';
import type { Outcome, StatementContext } from '../statement-context.ts';
import { listing } from './listing.ts';

type Of<T extends Statement['type']> = Extract<Statement, { type: T }>;

export async function createDatabase(statement: Of<'CREATE_DATABASE'>, context: StatementContext): Promise<Outcome> {
  const { name, ifNotExists, comment, location, properties } = statement;
  if (context.catalog.findDatabase(name)) {
    if (ifNotExists) return listing([]);
    throw new SqlError('SCHEMA_ALREADY_EXISTS', `Schema '${name}' already exists`);
  }
  const DatabaseInput = { Name: name, Description: comment, LocationUri: location, Parameters: properties };
  await context.glue('CreateDatabase', { DatabaseInput });
  return listing([]);
}

export async function dropDatabase(
  { name, ifExists, cascade }: Of<'DROP_DATABASE'>,
  context: StatementContext,
): Promise<Outcome> {
  if (!context.catalog.findDatabase(name)) {
    if (ifExists) return listing([]);
    throw new SqlError('SCHEMA_NOT_FOUND', `Schema '${name}' does not exist`);
  }
  if (!cascade && context.catalog.listTables(name).length > 0) {
    throw new SqlError(
      'SCHEMA_NOT_EMPTY',
      `Database ${name} is not empty. One or more tables exist. Add CASCADE to drop them too.`,
    );
  }
  await context.glue('DeleteDatabase', { Name: name });
  return listing([]);
}
