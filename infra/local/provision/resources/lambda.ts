import {
  CreateFunctionCommand,
  type LambdaClient,
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
