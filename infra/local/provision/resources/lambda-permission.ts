import { AddPermissionCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import { createOrUpdate, resource } from '../resource.ts';

interface PermissionProperties {
  Action: string;
  FunctionName: string;
  Principal: string;
  SourceArn?: string;
}

/** `AWS::Lambda::Permission`: a statement of the function's own policy, known by the resource's logical id. */
export const lambdaPermission = resource<PermissionProperties>(async (properties, id, { clients: { lambda } }) => {
  const statement = { FunctionName: properties.FunctionName, StatementId: id };
  const add = () => lambda.send(new AddPermissionCommand({ ...properties, ...statement }));
  await createOrUpdate(['ResourceConflictException'], add, async () => {
    // A statement cannot be changed.
    await lambda.send(new RemovePermissionCommand(statement));
    await add();
  });
  return { ref: id, attributes: {} };
});
