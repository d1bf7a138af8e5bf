/** The variables that a function sees: its own, Lambda's, and its role's credentials; never one of the lake's. */
import type { ServiceContext } from '../../../service-context.ts';
import type { FunctionRecord } from '../function-store.ts';

export interface Credentials {
  AccessKeyId: string;
  SecretAccessKey: string;
  SessionToken: string;
  Expiration: Date;
}

/** Asks STS for a session of the function's role, as the service Lambda. */
export async function assumeFunctionRole(
  { inside, account }: ServiceContext,
  { role, name }: FunctionRecord,
): Promise<Credentials> {
  const lambda = {
    type: 'Service',
    arn: 'lambda.amazonaws.com',
    accountId: account,
    userId: 'lambda.amazonaws.com',
  } as const;
  // Names of sessions have two characters at least.
  const input = { RoleArn: role, RoleSessionName: name.padEnd(2, '-') };
  const { Credentials } = await inside.call<{ Credentials: Credentials }>('sts', 'AssumeRole', input, lambda);
  return Credentials;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
export function functionEnvironment(
  { region, endpoint }: ServiceContext,
  record: FunctionRecord,
  credentials: Credentials,
  place: { folder: string; logStream: string },
): Record<string, string> {
  return {
    ...record.environment,
    AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: credentials.SessionToken,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: endpoint(),
    // The SDK must not look for the host's profiles or its metadata service.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_EXECUTION_ENV: `AWS_Lambda_${record.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: record.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(record.memoryMiB),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: record.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: place.logStream,
    LAMBDA_TASK_ROOT: place.folder,
    _HANDLER: record.handler,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
  };
}
