import { z } from 'zod';
import { AwsError, operation } from '../../../service.ts';
import { configurationOf } from '../configuration.ts';
import type { FunctionRecord } from '../function-store.ts';
import { getFunctionRecord, type Lambda, onFunction, revised } from '../lambda-service.ts';
import { Architectures, Code, Configuration, FunctionName, Publish } from '../schemas.ts';
import { checkRole, passRole } from './function-role.ts';
import { readCode } from './read-code.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html */
export function updateFunctionCode(lambda: Lambda) {
  return operation({
    input: Code.extend({
      FunctionName,
      Architectures,
      Publish,
      DryRun: z.boolean().optional(),
      RevisionId: z.string().optional(),
    }),
    access: ({ FunctionName }) => onFunction(lambda, 'UpdateFunctionCode', FunctionName),
    async run({ FunctionName, Architectures, DryRun, RevisionId, ...code }, { principal }) {
      const record = getFunctionRecord(lambda, FunctionName);
      checkRevision(record, RevisionId);
      const kept = await readCode(lambda, code, principal);
      if (DryRun) return configurationOf({ ...record, ...kept });
      return change(lambda, record, { ...kept, ...(Architectures && { architectures: Architectures }) });
    },
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html */
export function updateFunctionConfiguration(lambda: Lambda) {
  return operation({
    input: Configuration.extend({ FunctionName }),
    access: ({ FunctionName, Role }) => [
      ...onFunction(lambda, 'UpdateFunctionConfiguration', FunctionName),
      ...(Role === undefined ? [] : [passRole(Role)]),
    ],
    run({ FunctionName, RevisionId, ...input }) {
      const record = getFunctionRecord(lambda, FunctionName);
      checkRevision(record, RevisionId);
      if (input.Role !== undefined) checkRole(lambda, input.Role);
      return change(lambda, record, changes(input));
    },
  });
}

function changes(input: Configuration): Partial<FunctionRecord> {
  const all = {
    description: input.Description,
    runtime: input.Runtime,
    handler: input.Handler,
    role: input.Role,
    memoryMiB: input.MemorySize,
    timeoutSeconds: input.Timeout,
    environment: input.Environment && (input.Environment.Variables ?? {}),
    ephemeralStorageMiB: input.EphemeralStorage?.Size,
    logGroup: input.LoggingConfig?.LogGroup,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

async function change(
  lambda: Lambda,
  record: FunctionRecord,
  what: Partial<FunctionRecord>,
): Promise<Record<string, unknown>> {
  const next = revised(lambda, record, what);
  await lambda.functions.put(next);
  if (isOther(record, next)) lambda.runtime.change(next);
  return configurationOf(next);
}

/** A deployment that changes nothing keeps its warm sandboxes. */
function isOther(before: FunctionRecord, after: FunctionRecord): boolean {
  const essence = ({ lastModified, revisionId, description, ...rest }: FunctionRecord) => JSON.stringify(rest);
  return essence(before) !== essence(after);
}

function checkRevision(record: FunctionRecord, revisionId: string | undefined): void {
  if (revisionId === undefined || revisionId === record.revisionId) return;
  throw new AwsError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    412,
    { Type: 'User' },
  );
}
