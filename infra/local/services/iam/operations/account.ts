import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { Directory, Holder, ManagedPolicy, Role } from '../directory.ts';
import { page } from '../paging.ts';
import type { RoleUses } from '../role-uses.ts';
import { Page } from '../schemas.ts';
import { encodeDocument, policyShape, roleShape, userShape, versionShape } from '../shapes.ts';
import { holdersOf } from './managed-policies.ts';

const FILTERS = ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] as const;
type Filter = (typeof FILTERS)[number];

type Entry =
  | { kind: 'User'; value: Holder }
  | { kind: 'Role'; value: Role }
  | { kind: 'LocalManagedPolicy'; value: ManagedPolicy };

/** Everything at once: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
export function accountOperations(directory: Directory, uses: RoleUses): Record<string, Operation> {
  return {
    GetAccountAuthorizationDetails: operation({
      input: z.object({
        Filter: z.preprocess((value) => (value === '' ? undefined : value), z.array(z.enum(FILTERS)).optional()),
        ...Page,
      }),
      access: () => [{ action: 'iam:GetAccountAuthorizationDetails', resource: '*' }],
      run: ({ Filter: wanted, ...paging }) => {
        const { items, more } = page(entries(directory, wanted), (entry) => entry.value.arn, paging);
        return {
          UserDetailList: items.flatMap(({ kind, value }) => (kind === 'User' ? [userDetail(directory, value)] : [])),
          GroupDetailList: [],
          RoleDetailList: items.flatMap(({ kind, value }) =>
            kind === 'Role' ? [roleDetail(directory, uses, value)] : [],
          ),
          Policies: items.flatMap(({ kind, value }) =>
            kind === 'LocalManagedPolicy' ? [policyDetail(directory, value)] : [],
          ),
          ...more,
        };
      },
    }),
  };
}

/** By their ARNs, so that a page can begin where another ended. */
function entries(directory: Directory, wanted: readonly Filter[] | undefined): Entry[] {
  const all: Entry[] = [
    ...[...directory.policies.range()].map(({ value }): Entry => ({ kind: 'LocalManagedPolicy', value })),
    ...[...directory.roles.range()].map(({ value }): Entry => ({ kind: 'Role', value })),
    ...[...directory.users.range()].map(({ value }): Entry => ({ kind: 'User', value })),
  ];
  return all
    .filter(({ kind }) => wanted === undefined || wanted.includes(kind))
    .toSorted((a, b) => (a.value.arn < b.value.arn ? -1 : 1));
}

const inlineList = ({ inline }: Holder) =>
  Object.entries(inline).map(([PolicyName, document]) => ({ PolicyName, PolicyDocument: encodeDocument(document) }));

const attachedList = (directory: Directory, { attached }: Holder) =>
  attached.map((arn) => ({ PolicyName: directory.getPolicy(arn).name, PolicyArn: arn }));

function userDetail(directory: Directory, user: Holder) {
  return {
    ...userShape(user),
    UserPolicyList: inlineList(user),
    GroupList: [],
    AttachedManagedPolicies: attachedList(directory, user),
  };
}

function roleDetail(directory: Directory, uses: RoleUses, role: Role) {
  const { Description, MaxSessionDuration, ...shape } = roleShape(role);
  return {
    ...shape,
    InstanceProfileList: [],
    RolePolicyList: inlineList(role),
    AttachedManagedPolicies: attachedList(directory, role),
    RoleLastUsed: uses.of(role.id),
  };
}

function policyDetail(directory: Directory, policy: ManagedPolicy) {
  const boundaries = [...directory.roles.range(), ...directory.users.range()].filter(
    ({ value }) => value.boundary === policy.arn,
  );
  return {
    ...policyShape(policy, holdersOf(directory, policy.arn).length),
    PermissionsBoundaryUsageCount: boundaries.length,
    PolicyVersionList: policy.versions.map((version) => versionShape(version, policy, true)),
  };
}
