/**
 * IAM: users, roles, customer managed and inline policies, access keys, permissions boundaries; enforced on every request.
 *
 * Gaps: groups, instance profiles, login profiles, MFA, SAML and OIDC providers, service-linked roles, organisation
 * policies and other accounts. AWS's own managed policies are not known: attaching one answers NoSuchEntity. A principal
 * in a policy stays a name: on AWS it becomes the id of who has that name when the policy is kept.
 *
 * By design: the account's root key may do everything that no resource policy denies, and may assume roles, which on AWS
 * it may not: it is the one key that a fresh lake has. Access keys are limited to two per user and shown once, as on AWS.
 *
 * Client quirks: policy documents in answers are percent-encoded. The query protocol has no types: inputs are coerced.
 */
import type { OperationService, ResourcePolicyOf, TagsOf } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import { Authority } from './authority.ts';
import { Directory, type Holder } from './directory.ts';
import { type HolderKind, roleKind, userKind } from './holders.ts';
import { accessKeyOperations } from './operations/access-keys.ts';
import { accountOperations } from './operations/account.ts';
import { attachedPolicyOperations, requireAttachable } from './operations/attached-policies.ts';
import { inlinePolicyOperations } from './operations/inline-policies.ts';
import { managedPolicyOperations } from './operations/managed-policies.ts';
import { policyVersionOperations } from './operations/policy-versions.ts';
import { roleOperations } from './operations/roles.ts';
import { simulationOperations } from './operations/simulate.ts';
import { tagOperations } from './operations/tags.ts';
import { userOperations } from './operations/users.ts';
import { RoleUses } from './role-uses.ts';
import { SessionTokens } from './session-tokens.ts';

export interface IamExtras {
  rootAccessKey: { id: string; secret: string };
  resourcePolicyOf: ResourcePolicyOf;
  resourceTagsOf: TagsOf;
}

export interface IamService extends OperationService {
  authority: Authority;
  tokens: SessionTokens;
  /** Throws where there is no such policy. */
  requireManagedPolicy(arn: string): void;
}

export async function startIamService(
  ctx: ServiceContext,
  { rootAccessKey, resourcePolicyOf, resourceTagsOf }: IamExtras,
): Promise<IamService> {
  const directory = new Directory(ctx);
  await directory.renewSecrets();
  const tokens = await SessionTokens.start(ctx);
  const roleUses = new RoleUses(ctx);
  const authority = new Authority({ directory, tokens, rootAccessKey, resourcePolicyOf, resourceTagsOf, roleUses });
  return {
    name: 'iam',
    protocol: 'query',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    operations: {
      ...userOperations(directory),
      ...accessKeyOperations(directory),
      ...roleOperations(directory, roleUses),
      ...accountOperations(directory, roleUses),
      ...simulationOperations(directory),
      ...managedPolicyOperations(directory),
      ...policyVersionOperations(directory),
      ...holderOperations(directory, roleKind),
      ...holderOperations(directory, userKind),
    },
    tagsOf: (arn) => directory.findByArn(arn)?.tags,
    close: () => roleUses.keep(),
    authority,
    tokens,
    requireManagedPolicy: (arn) => requireAttachable(directory, arn),
  };
}

/** What users and roles have alike. */
function holderOperations<H extends Holder>(directory: Directory, kind: HolderKind<H>) {
  return {
    ...inlinePolicyOperations(directory, kind),
    ...attachedPolicyOperations(directory, kind),
    ...tagOperations(directory, kind),
  };
}
