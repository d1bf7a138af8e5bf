/** Inputs of the API, with its limits. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
import { z } from 'zod';

/** What the local lake runs: the Node that it runs on itself. */
const RUNTIMES = ['nodejs20.x', 'nodejs22.x', 'nodejs24.x'] as const;

/** Features that would change what a function does: accepted only where they are left empty. */
const empty = z.union([z.array(z.unknown()).max(0), z.object({}).strict()], 'The local lake does not support this');

export const Code = z.object({
  ZipFile: z.string().optional(),
  S3Bucket: z.string().optional(),
  S3Key: z.string().optional(),
  S3ObjectVersion: z.string().optional(),
  ImageUri: z.never('The local lake runs no container images').optional(),
});

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_)?REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_(?!EXEC_WRAPPER).+|AWS_ACCESS_KEY(_ID)?|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|LAMBDA_(TASK_ROOT|RUNTIME_DIR))$/;

const Variables = z.record(z.string().regex(/^[A-Za-z]\w+$|^_/), z.string()).superRefine((variables, context) => {
  const reserved = Object.keys(variables).filter((name) => RESERVED.test(name));
  if (reserved.length === 0) return;
  const message = `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`;
  context.addIssue({ code: 'custom', message });
});

export const Configuration = z.object({
  Description: z.string().max(256).optional(),
  Runtime: z.enum(RUNTIMES, `The local lake runs ${RUNTIMES.join(', ')}`).optional(),
  Handler: z
    .string()
    .max(128)
    .regex(/^[^\s.][^\s]*\.[^\s.]+$/, 'Member must have the form file.export')
    .refine((handler) => !handler.split(/[\\/]/).includes('..'), 'Member must name a file of the package')
    .optional(),
  Role: z
    .string()
    .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+/, 'Member must be the ARN of a role')
    .optional(),
  MemorySize: z.int().min(128).max(10_240).optional(),
  Timeout: z.int().min(1).max(900).optional(),
  Environment: z.object({ Variables: Variables.optional() }).optional(),
  EphemeralStorage: z.object({ Size: z.int().min(512).max(10_240) }).optional(),
  TracingConfig: z.object({ Mode: z.literal('PassThrough', 'The local lake does not trace') }).optional(),
  LoggingConfig: z
    .object({
      LogGroup: z.string().min(1).max(512).optional(),
      LogFormat: z.literal('Text', 'The local lake writes logs as Text').optional(),
    })
    .optional(),
  Layers: empty.optional(),
  VpcConfig: empty.optional(),
  DeadLetterConfig: empty.optional(),
  FileSystemConfigs: empty.optional(),
  SnapStart: z.object({ ApplyOn: z.literal('None') }).optional(),
  KMSKeyArn: z.string().optional(),
  RevisionId: z.string().optional(),
});
export type Configuration = z.infer<typeof Configuration>;

export const Publish = z.literal(false, 'The local lake publishes no versions').optional();
export const Architectures = z
  .array(z.enum(['x86_64', 'arm64']))
  .length(1)
  .optional();
export const Tags = z.record(z.string().min(1).max(128), z.string().max(256));
export const FunctionName = z.string().min(1).max(170);
export const Qualifier = z.string().max(128).optional();
