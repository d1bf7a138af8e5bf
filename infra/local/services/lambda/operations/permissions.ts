/** The policy of a function itself: who else may invoke it. https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
import { z } from 'zod';
import { operation } from '../../../service.ts';
import { conflict, notFound } from '../errors.ts';
import type { FunctionRecord, Permission } from '../function-store.ts';
import { getFunctionRecord, type Lambda, onFunction, revised } from '../lambda-service.ts';
import { FunctionName, Qualifier } from '../schemas.ts';

export function addPermission(lambda: Lambda) {
  return operation({
    input: z.object({
      FunctionName,
      Qualifier,
      StatementId: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
      Action: z.string().regex(/^(lambda:[*]|lambda:[A-Za-z]+|[*])$/),
      Principal: z.string().min(1),
      SourceArn: z.string().optional(),
      SourceAccount: z.string().optional(),
    }),
    access: ({ FunctionName, Qualifier }) => onFunction(lambda, 'AddPermission', FunctionName, Qualifier),
    async run({ FunctionName, Qualifier, StatementId, Action, Principal, SourceArn, SourceAccount }) {
      const record = getFunctionRecord(lambda, FunctionName, Qualifier);
      if (record.permissions.some(({ Sid }) => Sid === StatementId)) {
        throw conflict(
          `The statement id (${StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        );
      }
      const condition = {
        ...(SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
        ...(SourceAccount !== undefined && { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
      };
      const permission: Permission = {
        Sid: StatementId,
        Effect: 'Allow',
        Principal: principalOf(Principal),
        Action,
        Resource: record.arn,
        ...(Object.keys(condition).length > 0 && { Condition: condition }),
      };
      await lambda.functions.put(revised(lambda, record, { permissions: [...record.permissions, permission] }));
      return { Statement: JSON.stringify(permission) };
    },
  });
}

export function removePermission(lambda: Lambda) {
  return operation({
    input: z.object({ FunctionName, Qualifier, StatementId: z.string() }),
    access: ({ FunctionName, Qualifier }) => onFunction(lambda, 'RemovePermission', FunctionName, Qualifier),
    async run({ FunctionName, Qualifier, StatementId }) {
      const record = getFunctionRecord(lambda, FunctionName, Qualifier);
      const permissions = record.permissions.filter(({ Sid }) => Sid !== StatementId);
      if (permissions.length === record.permissions.length)
        throw notFound(`Statement ${StatementId} is not found in resource policy.`);
      await lambda.functions.put(revised(lambda, record, { permissions }));
      return {};
    },
  });
}

export function getPolicy(lambda: Lambda) {
  return operation({
    input: z.object({ FunctionName, Qualifier }),
    access: ({ FunctionName, Qualifier }) => onFunction(lambda, 'GetPolicy', FunctionName, Qualifier),
    run({ FunctionName, Qualifier }) {
      const record = getFunctionRecord(lambda, FunctionName, Qualifier);
      const Policy = policyOf(record);
      if (Policy === undefined) throw notFound('The resource you requested does not exist.');
      return { Policy, RevisionId: record.revisionId };
    },
  });
}

/** The document, or `undefined` where nothing was permitted. */
export function policyOf({ permissions }: FunctionRecord): string | undefined {
  if (permissions.length === 0) return undefined;
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: permissions });
}

function principalOf(principal: string): unknown {
  if (principal === '*') return '*';
  if (principal.endsWith('.amazonaws.com')) return { Service: principal };
  return { AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal };
}
