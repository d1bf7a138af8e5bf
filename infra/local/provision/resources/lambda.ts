import {
  AddPermissionCommand,
  CreateFunctionCommand,
  type LambdaClient,
  RemovePermissionCommand,
  ResourceNotFoundException,
  type Runtime,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { createOrUpdate, resource } from '../resource.ts';

interface FunctionProperties {
  FunctionName: string;
  Description?: string;
  Runtime: Runtime;
  Handler: string;
  Role: string;
  Code: { S3Bucket: string; S3Key: string };
  Environment?: { Variables: Record<string, string> };
  MemorySize?: number;
  Timeout?: number;
  LoggingConfig?: { LogGroup?: string };
}

/** `AWS::Lambda::Function`. */
export const lambdaFunction = resource<FunctionProperties>(
  async (properties, _id, { clients: { lambda }, region, account }) => {
    const { Code, ...configuration } = properties;
    await createOrUpdate(
      ['ResourceConflictException'],
      () => lambda.send(new CreateFunctionCommand(properties)),
      () => update(lambda, configuration, Code),
    );
    const name = properties.FunctionName;
    return { ref: name, attributes: { Arn: `arn:aws:lambda:${region}:${account}:function:${name}` } };
  },
);

async function update(
  lambda: LambdaClient,
  configuration: Omit<FunctionProperties, 'Code'>,
  code: FunctionProperties['Code'],
) {
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: configuration.FunctionName, ...code }));
  // AWS refuses a second change while the first is under way.
  await waitUntilFunctionUpdatedV2(
    { client: lambda, maxWaitTime: 60, minDelay: 1 },
    { FunctionName: configuration.FunctionName },
  );
  await lambda.send(new UpdateFunctionConfigurationCommand(configuration));
}

interface PermissionProperties {
  FunctionName: string;
  Action: string;
  Principal: string;
  SourceArn?: string;
  SourceAccount?: string;
}

/** `AWS::Lambda::Permission`: who else may invoke a function. One that is there gives way, as a statement cannot be changed. */
export const lambdaPermission = resource<PermissionProperties>(
  async (properties, StatementId, { clients: { lambda } }) => {
    const { FunctionName } = properties;
    try {
      await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId }));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
    await lambda.send(new AddPermissionCommand({ ...properties, StatementId }));
    return { ref: StatementId, attributes: {} };
  },
);
