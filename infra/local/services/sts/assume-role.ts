import { z } from 'zod';
import { AwsError, type Caller, type Operation, operation } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import { requirePolicy } from '../iam/errors.ts';
import { newSecret, uniqueId } from '../iam/ids.ts';
import type { IamService } from '../iam/index.ts';

const RoleSessionName = z
  .string()
  .min(2, 'Member must have length greater than or equal to 2')
  .max(64, 'Member must have length less than or equal to 64')
  .regex(/^[\w+=,.@-]*$/, 'Member must satisfy regular expression pattern: [\\w+=,.@-]*');

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const AssumeRole = z.looseObject({
  RoleArn: z.string().min(20).max(2048),
  RoleSessionName,
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3600),
  Policy: z.string().min(1).max(2048).optional(),
  ExternalId: z.string().min(2).max(1224).optional(),
});

/** Parts of the API that would change who may do what: ignoring one would be a silent yes. */
const NOT_HONOURED = [
  'PolicyArns',
  'Tags',
  'TransitiveTagKeys',
  'SerialNumber',
  'TokenCode',
  'SourceIdentity',
  'ProvidedContexts',
];
/** A session made by a session lasts an hour at most: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining */
const CHAINED_SECONDS_MAX = 3600;

export function assumeRole(
  ctx: ServiceContext,
  { authority, tokens }: Pick<IamService, 'authority' | 'tokens'>,
): Operation {
  return operation({
    input: AssumeRole,
    // Decided together with the role's trust policy, below.
    access: () => [],
    run: (input, caller) => {
      requireHonoured(input);
      if (input.Policy !== undefined) requirePolicy(input.Policy, 'identity');
      const context = {
        'sts:RoleSessionName': input.RoleSessionName,
        ...(input.ExternalId && { 'sts:ExternalId': input.ExternalId }),
      };
      const { role, session } = authority.assume(
        caller.principal,
        input.RoleArn,
        input.RoleSessionName,
        caller,
        context,
      );
      requireDuration(input.DurationSeconds, role.maxSessionSeconds, caller);
      const expiresAtMs = ctx.clock() + input.DurationSeconds * 1000;
      const accessKeyId = uniqueId('ASIA', ctx.newId).slice(0, 20);
      const secret = newSecret();
      const { id: roleId, name: roleName } = role;
      const token = {
        accessKeyId,
        secret,
        roleName,
        roleId,
        sessionName: input.RoleSessionName,
        expiresAtMs,
        policy: input.Policy,
      };
      return {
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretAccessKey: secret,
          SessionToken: tokens.seal(token),
          Expiration: new Date(expiresAtMs),
        },
        AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
        PackedPolicySize: input.Policy === undefined ? undefined : Math.ceil((input.Policy.length / 2048) * 100),
      };
    },
  });
}

function requireHonoured(input: Record<string, unknown>): void {
  const refused = NOT_HONOURED.filter((name) => input[name] !== undefined && input[name] !== '');
  if (refused.length > 0)
    throw new AwsError('ValidationError', `The local lake does not support ${refused.join(', ')} of AssumeRole.`);
}

function requireDuration(seconds: number, maxSeconds: number, { principal }: Caller): void {
  if (principal.type === 'AssumedRole' && seconds > CHAINED_SECONDS_MAX) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  if (seconds > maxSeconds) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
}
