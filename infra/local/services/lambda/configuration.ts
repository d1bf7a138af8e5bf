import type { FunctionRecord } from './function-store.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
export function configurationOf(record: FunctionRecord): Record<string, unknown> {
  const hasVariables = Object.keys(record.environment).length > 0;
  return {
    FunctionName: record.name,
    FunctionArn: record.arn,
    Runtime: record.runtime,
    Role: record.role,
    Handler: record.handler,
    CodeSize: record.codeSizeBytes,
    Description: record.description,
    Timeout: record.timeoutSeconds,
    MemorySize: record.memoryMiB,
    LastModified: new Date(record.lastModified).toISOString().replace('Z', '+0000'),
    CodeSha256: Buffer.from(record.codeHash, 'hex').toString('base64'),
    Version: '$LATEST',
    ...(hasVariables && { Environment: { Variables: record.environment } }),
    TracingConfig: { Mode: record.tracingMode },
    RevisionId: record.revisionId,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: record.architectures,
    EphemeralStorage: { Size: record.ephemeralStorageMiB },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: record.logGroup },
  };
}
