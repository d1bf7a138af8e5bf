import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyVersionCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { createOrUpdate, type Ground, resource } from '../resource.ts';

interface RoleProperties {
  RoleName: string;
  Description?: string;
  MaxSessionDuration?: number;
  AssumeRolePolicyDocument: unknown;
  Policies?: { PolicyName: string; PolicyDocument: unknown }[];
}

/** `AWS::IAM::Role`. Managed policies are not used by the lake: their contents change without it. */
export const role = resource<RoleProperties>(async (properties, _id, { clients: { iam } }) => {
  const { RoleName, Description, MaxSessionDuration } = properties;
  const trust = JSON.stringify(properties.AssumeRolePolicyDocument);
  await createOrUpdate(
    ['EntityAlreadyExistsException', 'EntityAlreadyExists'],
    () =>
      iam.send(
        new CreateRoleCommand({
          RoleName,
          AssumeRolePolicyDocument: trust,
          Description,
          MaxSessionDuration,
        }),
      ),
    async () => {
      await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust }));
      await iam.send(new UpdateRoleCommand({ RoleName, Description, MaxSessionDuration }));
    },
  );
  for (const { PolicyName, PolicyDocument } of properties.Policies ?? []) {
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) }));
  }
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  return { ref: RoleName, attributes: { Arn: Role?.Arn ?? '', RoleId: Role?.RoleId ?? '' } };
});

interface PolicyProperties {
  PolicyName: string;
  PolicyDocument: unknown;
  Roles?: string[];
}

/** `AWS::IAM::Policy`: an inline policy of its roles. */
export const policy = resource<PolicyProperties>(
  async ({ PolicyName, PolicyDocument, Roles }, id, { clients: { iam } }) => {
    for (const RoleName of Roles ?? []) {
      await iam.send(
        new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) }),
      );
    }
    return { ref: id, attributes: {} };
  },
);

interface ManagedPolicyProperties {
  ManagedPolicyName?: string;
  Description?: string;
  PolicyDocument: unknown;
  Roles?: string[];
}

/** `AWS::IAM::ManagedPolicy`: where CDK puts what does not fit into a role's inline policies (10,240 characters). */
export const managedPolicy = resource<ManagedPolicyProperties>(
  async (properties, id, { clients: { iam }, account }) => {
    const PolicyName = properties.ManagedPolicyName ?? id;
    const PolicyArn = `arn:aws:iam::${account}:policy/${PolicyName}`;
    const PolicyDocument = JSON.stringify(properties.PolicyDocument);
    await createOrUpdate(
      ['EntityAlreadyExistsException', 'EntityAlreadyExists'],
      () => iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument, Description: properties.Description })),
      () => replacePolicy(iam, PolicyArn, PolicyDocument),
    );
    for (const RoleName of properties.Roles ?? []) await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    return { ref: PolicyArn, attributes: {} };
  },
);

/** A managed policy keeps at most five versions; the ones that are not in force are dropped first. */
async function replacePolicy(iam: IAMClient, PolicyArn: string, PolicyDocument: string): Promise<void> {
  const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
  for (const { VersionId, IsDefaultVersion } of Versions) {
    if (!IsDefaultVersion) await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
  }
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
}

/** Takes policies that the template no longer has away from its roles: a permission that was removed must be gone. */
export async function removeStalePolicies(kept: Map<string, Set<string>>, { clients: { iam } }: Ground): Promise<void> {
  for (const [RoleName, names] of kept) {
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    for (const PolicyName of PolicyNames.filter((name) => !names.has(name))) {
      await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    }
    const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    for (const { PolicyArn = '' } of AttachedPolicies.filter(({ PolicyArn = '' }) => !names.has(PolicyArn))) {
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    }
  }
}
