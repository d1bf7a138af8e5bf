import { AddPermissionCommand, type AddPermissionCommandInput, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import { createOrUpdate, resource } from '../resource.ts';

type PermissionProperties = Pick<
  AddPermissionCommandInput,
  'Action' | 'FunctionName' | 'Principal' | 'SourceArn' | 'SourceAccount'
>;

/** `AWS::Lambda::Permission`; its statement is named by its logical id, since the template has no name for it. */
export const lambdaPermission = resource<PermissionProperties>(
  async ({ Action, FunctionName, Principal, SourceArn, SourceAccount }, StatementId, { clients: { lambda } }) => {
    const add = () =>
      lambda.send(new AddPermissionCommand({ Action, FunctionName, Principal, SourceArn, SourceAccount, StatementId }));
    await createOrUpdate(['ResourceConflictException'], add, async () => {
      await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId }));
      await add();
    });
    return { ref: StatementId, attributes: { Id: StatementId } };
  },
);
