import { z } from 'zod';
import { withTags } from '../../request-tags.ts';
import { AwsError, type Caller, type Operation, operation, type Principal } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import { inheritedTags } from '../iam/authority.ts';
import { requirePolicy } from '../iam/errors.ts';
import { newSecret, uniqueId } from '../iam/ids.ts';
import type { IamService } from '../iam/index.ts';
import { tagRecord } from '../iam/operations/tags.ts';
import { PolicyArn, TagKeys, Tags } from '../iam/schemas.ts';

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
  PolicyArns: z
    .array(z.object({ arn: PolicyArn }))
    .max(10, 'Member must have length less than or equal to 10')
    .optional(),
  Tags: Tags.optional(),
  TransitiveTagKeys: TagKeys.optional(),
  SourceIdentity: RoleSessionName.optional(),
  ExternalId: z.string().min(2).max(1224).optional(),
});
type AssumeRole = z.output<typeof AssumeRole>;

/** Parts of the API that would change who may do what: ignoring one would be a silent yes. */
const NOT_HONOURED = ['SerialNumber', 'TokenCode', 'ProvidedContexts'];
/** A session made by a session lasts an hour at most: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining */
const CHAINED_SECONDS_MAX = 3600;

export function assumeRole(
  ctx: ServiceContext,
  { authority, tokens, requireManagedPolicy }: Pick<IamService, 'authority' | 'tokens' | 'requireManagedPolicy'>,
): Operation {
  return operation({
    input: AssumeRole,
    // Decided together with the role's trust policy, below.
    access: () => [],
    run: (input, caller) => {
      requireHonoured(input);
      if (input.Policy !== undefined) requirePolicy(input.Policy, 'session');
      for (const { arn } of input.PolicyArns ?? []) requireManagedPolicy(arn);
      requireTags(input, caller.principal);
      const grants = grantsOf(input, ctx.clock());
      const { RoleArn: roleArn, RoleSessionName: sessionName } = input;
      const { role, session } = authority.assume(
        caller.principal,
        { roleArn, sessionName, grants, context: contextOf(input, caller.principal) },
        caller,
      );
      requireDuration(input.DurationSeconds, role.maxSessionSeconds, caller);
      const expiresAtMs = ctx.clock() + input.DurationSeconds * 1000;
      const accessKeyId = uniqueId('ASIA', ctx.newId).slice(0, 20);
      const secret = newSecret();
      const { sessionTags: tags, transitiveTagKeys, sourceIdentity } = session;
      const token = tokens.seal({
        ...grants,
        accessKeyId,
        secret,
        roleName: role.name,
        roleId: role.id,
        sessionName,
        expiresAtMs,
        tags,
        transitiveTagKeys,
        sourceIdentity,
      });
      return {
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretAccessKey: secret,
          SessionToken: token,
          Expiration: new Date(expiresAtMs),
        },
        AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
        PackedPolicySize: packedSize(input),
        SourceIdentity: sourceIdentity,
      };
    },
  });
}

function grantsOf(
  { Policy, PolicyArns, Tags: tags, TransitiveTagKeys, SourceIdentity }: AssumeRole,
  issuedAtMs: number,
) {
  return {
    policy: Policy,
    policyArns: PolicyArns?.map(({ arn }) => arn),
    tags: tags && tags.length > 0 ? tagRecord(tags) : undefined,
    transitiveTagKeys: TransitiveTagKeys,
    sourceIdentity: SourceIdentity,
    issuedAtMs,
  };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-sts */
function contextOf(input: AssumeRole, principal: Principal): Record<string, string | string[]> {
  const sourceIdentity = input.SourceIdentity ?? principal.sourceIdentity;
  const [access] = withTags([{ action: '', resource: '' }], input.Tags);
  return {
    ...access?.context,
    'sts:RoleSessionName': input.RoleSessionName,
    ...(input.ExternalId && { 'sts:ExternalId': input.ExternalId }),
    ...(input.TransitiveTagKeys && { 'sts:TransitiveTagKeys': input.TransitiveTagKeys }),
    ...(sourceIdentity && { 'sts:SourceIdentity': sourceIdentity }),
  };
}

function requireHonoured(input: Record<string, unknown>): void {
  const refused = NOT_HONOURED.filter((name) => input[name] !== undefined && input[name] !== '');
  if (refused.length > 0)
    throw new AwsError('ValidationError', `The local lake does not support ${refused.join(', ')} of AssumeRole.`);
}

/** What a session inherits it cannot change: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
function requireTags(
  { Tags: tags = [], TransitiveTagKeys = [], SourceIdentity }: AssumeRole,
  principal: Principal,
): void {
  const folded = tags.map(({ Key }) => Key.toLowerCase());
  const twice = folded.find((key, at) => folded.indexOf(key) !== at);
  if (twice !== undefined)
    throw new AwsError(
      'InvalidParameterValue',
      `Duplicate tag keys found. Please note that Tag keys are case insensitive: ${twice}`,
    );
  const inherited = Object.keys(inheritedTags(principal)).find((key) => folded.includes(key.toLowerCase()));
  if (inherited !== undefined) {
    throw new AwsError(
      'InvalidParameterValue',
      `One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session: ${inherited}`,
    );
  }
  const unknown = TransitiveTagKeys.find((key) => !tags.some(({ Key }) => Key === key));
  if (unknown !== undefined)
    throw new AwsError(
      'InvalidParameterValue',
      `The specified transitive tag key must be included in the requested tags: ${unknown}`,
    );
  const { sourceIdentity } = principal;
  if (sourceIdentity !== undefined && SourceIdentity !== undefined && SourceIdentity !== sourceIdentity) {
    throw new AwsError(
      'AccessDenied',
      `The source identity of the calling session is ${sourceIdentity} and cannot be changed.`,
      403,
    );
  }
}

/** How full the session's policies and tags are, in percent: what AWS packs we only count. */
function packedSize({ Policy = '', PolicyArns = [], Tags: tags = [] }: AssumeRole): number | undefined {
  const characters =
    Policy.length +
    PolicyArns.reduce((sum, { arn }) => sum + arn.length, 0) +
    tags.reduce((sum, { Key, Value }) => sum + Key.length + Value.length, 0);
  return characters === 0 ? undefined : Math.ceil((characters / 2048) * 100);
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
