import { z } from 'zod';
import { withTags } from '../../../request-tags.ts';
import { operation } from '../../../service.ts';
import { configurationOf } from '../configuration.ts';
import { functionExists, invalidParameter } from '../errors.ts';
import { functionArn, isFunctionName, parseFunctionName } from '../function-name.ts';
import type { FunctionRecord } from '../function-store.ts';
import { type Lambda, onFunction } from '../lambda-service.ts';
import { Architectures, Code, Configuration, FunctionName, Publish, Tags } from '../schemas.ts';
import { checkRole, passRole } from './function-role.ts';
import { readCode } from './read-code.ts';

const Input = Configuration.extend({
  FunctionName,
  Role: Configuration.shape.Role.unwrap(),
  Code,
  PackageType: z.literal('Zip', 'The local lake runs no container images').optional(),
  Architectures,
  Publish,
  Tags: Tags.optional(),
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export function createFunction(lambda: Lambda) {
  return operation({
    input: Input,
    access: ({ FunctionName: name, Role, Tags: tags }) => [
      ...withTags(onFunction(lambda, 'CreateFunction', name), tags),
      passRole(Role),
    ],
    async run(input, { principal }) {
      const name = parseFunctionName(lambda.space, input.FunctionName);
      if (!isFunctionName(name)) throw invalidParameter(`Invalid function name: ${name}`);
      if (lambda.functions.find(name)) throw functionExists(name);
      const { Runtime, Handler } = input;
      if (!Runtime || !Handler)
        throw invalidParameter(
          'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
        );
      checkRole(lambda, input.Role);
      const code = await readCode(lambda, input.Code, principal);
      const record = newRecord(lambda, name, { ...input, Runtime, Handler }, code);
      await lambda.functions.put(record);
      lambda.runtime.change(record);
      return configurationOf(record);
    },
  });
}

function newRecord(
  { ctx, space }: Lambda,
  name: string,
  input: z.infer<typeof Input> & { Runtime: string; Handler: string },
  code: Pick<FunctionRecord, 'codeHash' | 'codeSizeBytes'>,
): FunctionRecord {
  return {
    name,
    arn: functionArn(space, name),
    description: input.Description ?? '',
    runtime: input.Runtime,
    handler: input.Handler,
    role: input.Role,
    memoryMiB: input.MemorySize ?? 128,
    timeoutSeconds: input.Timeout ?? 3,
    environment: input.Environment?.Variables ?? {},
    architectures: input.Architectures ?? ['x86_64'],
    ephemeralStorageMiB: input.EphemeralStorage?.Size ?? 512,
    logGroup: input.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    tracingMode: 'PassThrough',
    ...code,
    lastModified: ctx.clock(),
    revisionId: ctx.newId(),
    tags: input.Tags ?? {},
    permissions: [],
  };
}
