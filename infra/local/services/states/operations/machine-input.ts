/** What CreateStateMachine and UpdateStateMachine share. */
import { z } from 'zod';
import { type Diagnostic, describeDiagnostics } from '../../../../../lib/languages/asl/diagnostic.ts';
import { parseDefinition } from '../../../../../lib/languages/asl/parse-definition.ts';
import { type Access, AwsError } from '../../../service.ts';
import { unsupportedParts } from '../check-supported.ts';
import { invalidDefinition, validationException } from '../errors.ts';
import type { States } from '../states-service.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const DEFINITION_LENGTH_MAX = 1_048_576;

export const Definition = z.string().min(1).max(DEFINITION_LENGTH_MAX);
export const Tags = z.array(z.object({ key: z.string().min(1).max(128), value: z.string().max(256) })).max(50);

export function tagRecord(tags: z.infer<typeof Tags> = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

export const Configurations = {
  loggingConfiguration: z.unknown().optional(),
  tracingConfiguration: z.object({ enabled: z.boolean().optional() }).optional(),
  encryptionConfiguration: z.unknown().optional(),
  versionDescription: z.string().optional(),
  publish: z.boolean().optional(),
};

/** Every finding, of the language and of what the local lake cannot run. */
export function diagnose(text: string): Diagnostic[] {
  const { definition, diagnostics } = parseDefinition(text);
  return definition ? [...diagnostics, ...unsupportedParts(definition)] : diagnostics;
}

export function checkDefinitionText(text: string): void {
  const diagnostics = diagnose(text);
  if (diagnostics.some(({ severity }) => severity === 'ERROR'))
    throw invalidDefinition(describeDiagnostics(diagnostics));
}

export function refusePublish({ publish }: { publish?: boolean | undefined }): void {
  if (publish)
    throw validationException('The local lake keeps no published versions of state machines: leave out publish.');
}

export function passRole(roleArn: string): Access {
  return { action: 'iam:PassRole', resource: roleArn, context: { 'iam:PassedToService': 'states.amazonaws.com' } };
}

/** Throws where Step Functions may not act as the role. */
export function checkRole({ ctx }: States, roleArn: string): void {
  try {
    ctx.inside.asRole(roleArn, 'states.amazonaws.com', 'check');
  } catch (cause) {
    const message =
      'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.';
    const error = new AwsError('AccessDeniedException', message);
    error.cause = cause;
    throw error;
  }
}
