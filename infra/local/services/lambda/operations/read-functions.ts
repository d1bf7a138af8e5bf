import { z } from 'zod';
import { operation } from '../../../service.ts';
import { configurationOf } from '../configuration.ts';
import { invalidParameter } from '../errors.ts';
import { getFunctionRecord, type Lambda, onFunction } from '../lambda-service.ts';
import { FunctionName, Qualifier } from '../schemas.ts';

const PAGE_MAX = 50;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export function getFunction(lambda: Lambda) {
  return operation({
    input: z.object({ FunctionName, Qualifier }),
    access: ({ FunctionName, Qualifier }) => onFunction(lambda, 'GetFunction', FunctionName, Qualifier),
    run({ FunctionName, Qualifier }) {
      const record = getFunctionRecord(lambda, FunctionName, Qualifier);
      const hasTags = Object.keys(record.tags).length > 0;
      return {
        Configuration: configurationOf(record),
        Code: { RepositoryType: 'S3' },
        ...(hasTags && { Tags: record.tags }),
      };
    },
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export function getFunctionConfiguration(lambda: Lambda) {
  return operation({
    input: z.object({ FunctionName, Qualifier }),
    access: ({ FunctionName, Qualifier }) => onFunction(lambda, 'GetFunctionConfiguration', FunctionName, Qualifier),
    run: ({ FunctionName, Qualifier }) => configurationOf(getFunctionRecord(lambda, FunctionName, Qualifier)),
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export function listFunctions({ functions }: Lambda) {
  return operation({
    input: z.object({
      Marker: z.string().optional(),
      MaxItems: z.coerce.number().int().min(1).max(10_000).optional(),
      FunctionVersion: z.literal('ALL').optional(),
    }),
    access: () => [{ action: 'lambda:ListFunctions', resource: '*' }],
    run({ Marker, MaxItems = PAGE_MAX }) {
      const after = Marker === undefined ? '' : Buffer.from(Marker, 'base64url').toString();
      if (Marker !== undefined && !functions.find(after))
        throw invalidParameter('Invalid Marker: list again from the start.');
      const rest = functions.list().filter(({ name }) => name > after);
      const page = rest.slice(0, Math.min(MaxItems, PAGE_MAX));
      const last = page.at(-1)?.name ?? '';
      return {
        Functions: page.map(configurationOf),
        ...(rest.length > page.length && { NextMarker: Buffer.from(last).toString('base64url') }),
      };
    },
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html */
export function deleteFunction(lambda: Lambda) {
  return operation({
    input: z.object({ FunctionName, Qualifier }),
    access: ({ FunctionName, Qualifier }) => onFunction(lambda, 'DeleteFunction', FunctionName, Qualifier),
    async run({ FunctionName, Qualifier }) {
      const { name } = getFunctionRecord(lambda, FunctionName, Qualifier);
      await lambda.functions.remove(name);
      lambda.runtime.remove(name);
      return {};
    },
  });
}
