import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import { CatalogName } from '../catalog-schemas.ts';
import { nameMatcher } from '../name-matcher.ts';
import { Paging, pageOf } from '../paging.ts';
import {
  FunctionInput,
  FunctionType,
  type UserDefinedFunction,
  type UserDefinedFunctions,
} from '../user-defined-functions.ts';

const OneFunction = { DatabaseName: CatalogName, FunctionName: CatalogName };

export function userDefinedFunctionOperations(
  functions: UserDefinedFunctions,
  arns: GlueArns,
  account: string,
): Record<string, Operation> {
  const access = (action: string) => (input: { DatabaseName: string; FunctionName: string }) =>
    arns.onFunction(action, input.DatabaseName, input.FunctionName);
  const out = ({ createdAt, ...definition }: UserDefinedFunction) => ({
    ...definition,
    CreateTime: createdAt / 1000,
    CatalogId: account,
  });
  return {
    CreateUserDefinedFunction: operation({
      input: z.object({ DatabaseName: CatalogName, FunctionInput }),
      access: ({ DatabaseName }) => arns.onDatabase('CreateUserDefinedFunction', DatabaseName),
      run: async ({ DatabaseName, FunctionInput: input }) => {
        await functions.create(DatabaseName, input);
        return {};
      },
    }),
    UpdateUserDefinedFunction: operation({
      input: z.object({ ...OneFunction, FunctionInput }),
      access: access('UpdateUserDefinedFunction'),
      run: async ({ DatabaseName, FunctionName, FunctionInput: input }) => {
        await functions.update(DatabaseName, FunctionName, input);
        return {};
      },
    }),
    DeleteUserDefinedFunction: operation({
      input: z.object(OneFunction),
      access: access('DeleteUserDefinedFunction'),
      run: async ({ DatabaseName, FunctionName }) => {
        await functions.delete(DatabaseName, FunctionName);
        return {};
      },
    }),
    GetUserDefinedFunction: operation({
      input: z.object(OneFunction),
      access: access('GetUserDefinedFunction'),
      run: ({ DatabaseName, FunctionName }) => ({
        UserDefinedFunction: out(functions.get(DatabaseName, FunctionName)),
      }),
    }),
    GetUserDefinedFunctions: operation({
      input: z.object({
        DatabaseName: CatalogName.optional(),
        Pattern: z.string().min(1).max(255),
        FunctionType: FunctionType.optional(),
        ...Paging,
      }),
      access: ({ DatabaseName = '*' }) => arns.onFunction('GetUserDefinedFunctions', DatabaseName, '*'),
      run: ({ DatabaseName, Pattern, FunctionType: type, ...paging }) => {
        const matches = nameMatcher(Pattern);
        const found = functions
          .list(DatabaseName)
          .filter((one) => matches(one.FunctionName) && (type === undefined || one.FunctionType === type));
        const id = (one: UserDefinedFunction) => `${one.DatabaseName}/${one.FunctionName}`;
        const { items, NextToken } = pageOf(found, paging, id);
        return { UserDefinedFunctions: items.map(out), NextToken };
      },
    }),
  };
}
