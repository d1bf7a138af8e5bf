import { z } from 'zod';
import { AwsError, type Operation, operation } from '../../../service.ts';
import type { ServiceContext } from '../../../service-context.ts';
import type { AthenaArns } from '../arns.ts';
import { invalidRequest } from '../errors.ts';
import { Paging, pageOf } from '../paging.ts';
import type { PreparedStatement, PreparedStatements } from '../prepared-statements.ts';
import { WorkGroupName, type WorkGroups } from '../work-groups.ts';

const StatementName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_@:]{0,255}$/);

const Named = z.object({ StatementName, WorkGroup: WorkGroupName });

const Written = z.object({
  StatementName,
  WorkGroup: WorkGroupName,
  QueryStatement: z.string().min(1).max(262_144),
  Description: z.string().max(1024).optional(),
});

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_PreparedStatement.html */
export function preparedStatementOperations(
  ctx: ServiceContext,
  arns: AthenaArns,
  workGroups: WorkGroups,
  statements: PreparedStatements,
): Record<string, Operation> {
  const access = (action: string) => (input: { WorkGroup: string }) => arns.onWorkGroup(action, input.WorkGroup);
  const get = (workGroup: string, name: string): PreparedStatement => {
    const found = statements.find(workGroup, name);
    if (!found)
      throw new AwsError(
        'ResourceNotFoundException',
        `Prepared Statement ${name} was not found in WorkGroup ${workGroup}`,
      );
    return found;
  };
  const put = async (input: z.infer<typeof Written>) => {
    workGroups.get(input.WorkGroup);
    const { StatementName: name, WorkGroup: workGroup, QueryStatement: sql, Description: description } = input;
    await statements.put({ name, sql, description, workGroup, modifiedAt: ctx.clock() });
    return {};
  };

  return {
    CreatePreparedStatement: operation({
      input: Written,
      access: access('CreatePreparedStatement'),
      run: (input) => {
        if (statements.find(input.WorkGroup, input.StatementName))
          throw invalidRequest(
            `Prepared statement ${input.StatementName} already exists in WorkGroup ${input.WorkGroup}`,
          );
        return put(input);
      },
    }),
    UpdatePreparedStatement: operation({
      input: Written,
      access: access('UpdatePreparedStatement'),
      run: (input) => {
        get(input.WorkGroup, input.StatementName);
        return put(input);
      },
    }),
    GetPreparedStatement: operation({
      input: Named,
      access: access('GetPreparedStatement'),
      run: ({ WorkGroup, StatementName: name }) => ({ PreparedStatement: statementOut(get(WorkGroup, name)) }),
    }),
    BatchGetPreparedStatement: operation({
      input: z.object({ PreparedStatementNames: z.array(StatementName).min(1).max(256), WorkGroup: WorkGroupName }),
      access: access('BatchGetPreparedStatement'),
      run: ({ PreparedStatementNames: names, WorkGroup }) => ({
        PreparedStatements: names.flatMap((name) => statements.find(WorkGroup, name) ?? []).map(statementOut),
        UnprocessedPreparedStatementNames: names
          .filter((name) => !statements.find(WorkGroup, name))
          .map((name) => ({
            StatementName: name,
            ErrorCode: 'STATEMENT_NOT_FOUND',
            ErrorMessage: `Prepared Statement ${name} was not found`,
          })),
      }),
    }),
    ListPreparedStatements: operation({
      input: z.object({ WorkGroup: WorkGroupName, ...Paging }),
      access: access('ListPreparedStatements'),
      run: (input) => {
        const { items, NextToken } = pageOf(statements.list(input.WorkGroup), input, ({ name }) => name.toLowerCase());
        const PreparedStatements = items.map(({ name, modifiedAt }) => ({
          StatementName: name,
          LastModifiedTime: modifiedAt / 1000,
        }));
        return { PreparedStatements, NextToken };
      },
    }),
    DeletePreparedStatement: operation({
      input: Named,
      access: access('DeletePreparedStatement'),
      run: async ({ WorkGroup, StatementName: name }) => {
        get(WorkGroup, name);
        await statements.delete(WorkGroup, name);
        return {};
      },
    }),
  };
}

function statementOut({ name, sql, description, workGroup, modifiedAt }: PreparedStatement) {
  return {
    StatementName: name,
    QueryStatement: sql,
    Description: description,
    WorkGroupName: workGroup,
    LastModifiedTime: modifiedAt / 1000,
  };
}
