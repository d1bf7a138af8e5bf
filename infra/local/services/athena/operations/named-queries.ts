import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { ServiceContext } from '../../../service-context.ts';
import type { AthenaArns } from '../arns.ts';
import type { NamedQueries, NamedQuery } from '../named-queries.ts';
import { Paging, pageOf } from '../paging.ts';
import { WorkGroupName, type WorkGroups } from '../work-groups.ts';

const CreateNamedQuery = z.object({
  Name: z.string().min(1).max(128),
  Description: z.string().max(1024).optional(),
  Database: z.string().min(1).max(255),
  QueryString: z.string().min(1).max(262_144),
  ClientRequestToken: z.string().min(32).max(128).optional(),
  WorkGroup: WorkGroupName.default('primary'),
});

const NamedQueryId = z.string().min(1).max(128);

const UpdateNamedQuery = z.object({
  NamedQueryId,
  Name: z.string().min(1).max(128),
  Description: z.string().max(1024).optional(),
  QueryString: z.string().min(1).max(262_144),
});

export function namedQueryOperations(
  ctx: ServiceContext,
  arns: AthenaArns,
  workGroups: WorkGroups,
  queries: NamedQueries,
): Record<string, Operation> {
  const onQuery = (action: string, id: string) => arns.onWorkGroup(action, queries.get(id).workGroup);
  return {
    CreateNamedQuery: operation({
      input: CreateNamedQuery,
      access: ({ WorkGroup }) => arns.onWorkGroup('CreateNamedQuery', WorkGroup),
      run: async ({ Name, Description, Database, QueryString, ClientRequestToken, WorkGroup }) => {
        workGroups.get(WorkGroup);
        const query = {
          id: ctx.newId(),
          name: Name,
          description: Description,
          database: Database,
          sql: QueryString,
          workGroup: WorkGroup,
        };
        return { NamedQueryId: await queries.create(query, ClientRequestToken) };
      },
    }),
    GetNamedQuery: operation({
      input: z.object({ NamedQueryId }),
      access: ({ NamedQueryId: id }) => onQuery('GetNamedQuery', id),
      run: ({ NamedQueryId: id }) => ({ NamedQuery: queryOut(queries.get(id)) }),
    }),
    BatchGetNamedQuery: operation({
      input: z.object({ NamedQueryIds: z.array(NamedQueryId).min(1).max(50) }),
      access: ({ NamedQueryIds }) =>
        NamedQueryIds.flatMap((id) => queries.find(id) ?? []).flatMap(({ workGroup }) =>
          arns.onWorkGroup('BatchGetNamedQuery', workGroup),
        ),
      run: ({ NamedQueryIds }) => ({
        NamedQueries: NamedQueryIds.flatMap((id) => queries.find(id) ?? []).map(queryOut),
        UnprocessedNamedQueryIds: NamedQueryIds.filter((id) => !queries.find(id)).map((id) => ({
          NamedQueryId: id,
          ErrorCode: 'INVALID_INPUT',
          ErrorMessage: `Query ${id} does not exist`,
        })),
      }),
    }),
    ListNamedQueries: operation({
      input: z.object({ ...Paging, WorkGroup: WorkGroupName.default('primary') }),
      access: ({ WorkGroup }) => arns.onWorkGroup('ListNamedQueries', WorkGroup),
      run: (input) => {
        workGroups.get(input.WorkGroup);
        const { items, NextToken } = pageOf(queries.list(input.WorkGroup), input, (id) => id);
        return { NamedQueryIds: items, NextToken };
      },
    }),
    UpdateNamedQuery: operation({
      input: UpdateNamedQuery,
      access: ({ NamedQueryId: id }) => onQuery('UpdateNamedQuery', id),
      run: async ({ NamedQueryId: id, Name, Description, QueryString }) => {
        await queries.update(id, { name: Name, description: Description, sql: QueryString });
        return {};
      },
    }),
    DeleteNamedQuery: operation({
      input: z.object({ NamedQueryId }),
      access: ({ NamedQueryId: id }) => onQuery('DeleteNamedQuery', id),
      run: async ({ NamedQueryId: id }) => {
        await queries.delete(id);
        return {};
      },
    }),
  };
}

function queryOut({ id, name, description, database, sql, workGroup }: NamedQuery) {
  return {
    NamedQueryId: id,
    Name: name,
    Description: description,
    Database: database,
    QueryString: sql,
    WorkGroup: workGroup,
  };
}
