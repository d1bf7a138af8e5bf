import { z } from 'zod';
import { withTags } from '../../../request-tags.ts';
import { type Operation, operation } from '../../../service.ts';
import type { Directory, ManagedPolicy } from '../directory.ts';
import { alreadyExists, deleteConflict, limitExceeded, requirePolicy } from '../errors.ts';
import { roleKind, userKind } from '../holders.ts';
import { uniqueId } from '../ids.ts';
import { page } from '../paging.ts';
import { Flag, Page, Path, PathPrefix, PolicyArn, PolicyDocument, PolicyName, Tags } from '../schemas.ts';
import { policyShape } from '../shapes.ts';
import { tagAccess, tagRecord } from './tags.ts';

const POLICY_CHARACTERS_MAX = 6144;

const CreatePolicy = z.object({ PolicyName, PolicyDocument, Path, Description: z.string().max(1000).optional(), Tags });

export function managedPolicyOperations(directory: Directory): Record<string, Operation> {
  const { clock, newId } = directory.ctx;
  const access = (action: string) => (input: { PolicyArn: string }) => [
    { action: `iam:${action}`, resource: input.PolicyArn },
  ];
  return {
    CreatePolicy: operation({
      input: CreatePolicy,
      access: ({ PolicyName: name, Path: path, Tags: tags }) => {
        const resource = directory.arn('policy', path, name);
        return withTags(
          [{ action: 'iam:CreatePolicy', resource }, ...tagAccess('iam:TagPolicy', resource, tags)],
          tags,
        );
      },
      run: async (input) => {
        requireDocument(input.PolicyDocument);
        const policy = newPolicy(directory, input, uniqueId('ANPA', newId), clock());
        await directory.change(() => {
          if (directory.policies.get([policy.arn])) throw alreadyExists(`A policy called ${policy.name}`);
          directory.policies.put([policy.arn], policy);
        });
        return { Policy: policyShape(policy, 0) };
      },
    }),
    GetPolicy: operation({
      input: z.object({ PolicyArn }),
      access: access('GetPolicy'),
      run: (input) => ({
        Policy: policyShape(directory.getPolicy(input.PolicyArn), holdersOf(directory, input.PolicyArn).length),
      }),
    }),
    ListPolicies: operation({
      input: z.object({
        Scope: z.enum(['All', 'AWS', 'Local']).default('All'),
        OnlyAttached: Flag.default(false),
        PathPrefix,
        ...Page,
      }),
      access: () => [{ action: 'iam:ListPolicies', resource: '*' }],
      run: ({ Scope, OnlyAttached, PathPrefix: prefix, ...wanted }) => {
        const all = Scope === 'AWS' ? [] : [...directory.policies.range()].map(({ value }) => value);
        const counted = all.map((policy) => ({ policy, count: holdersOf(directory, policy.arn).length }));
        const chosen = counted.filter(
          ({ policy, count }) => policy.path.startsWith(prefix) && (!OnlyAttached || count > 0),
        );
        const { items, more } = page(chosen, ({ policy }) => policy.arn, wanted);
        return { Policies: items.map(({ policy, count }) => policyShape(policy, count)), ...more };
      },
    }),
    ListEntitiesForPolicy: operation({
      input: z.object({ PolicyArn, ...Page }),
      access: access('ListEntitiesForPolicy'),
      run: (input) => {
        const { arn } = directory.getPolicy(input.PolicyArn);
        const attached = holdersOf(directory, arn);
        const of = (prefix: string) => attached.filter(({ id }) => id.startsWith(prefix));
        return {
          PolicyUsers: of('AIDA').map(({ name, id }) => ({ UserName: name, UserId: id })),
          PolicyRoles: of('AROA').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
          PolicyGroups: [],
          IsTruncated: false,
        };
      },
    }),
    DeletePolicy: operation({
      input: z.object({ PolicyArn }),
      access: access('DeletePolicy'),
      run: ({ PolicyArn: arn }) =>
        directory.change(() => {
          const policy = directory.getPolicy(arn);
          if (holdersOf(directory, arn).length > 0)
            throw deleteConflict('Cannot delete a policy attached to entities.');
          if (policy.versions.length > 1) {
            throw deleteConflict(
              "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
            );
          }
          directory.policies.remove([arn]);
        }),
    }),
  };
}

export function requireDocument(document: string): void {
  requirePolicy(document, 'identity');
  if (document.replace(/\s/g, '').length > POLICY_CHARACTERS_MAX) {
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${POLICY_CHARACTERS_MAX}`);
  }
}

/** Users and roles that a policy is attached to, also as their boundary. */
export function holdersOf(directory: Directory, arn: string) {
  return [...userKind.all(directory), ...roleKind.all(directory)].filter(
    ({ attached, boundary }) => attached.includes(arn) || boundary === arn,
  );
}

function newPolicy(directory: Directory, input: z.output<typeof CreatePolicy>, id: string, now: number): ManagedPolicy {
  return {
    name: input.PolicyName,
    id,
    path: input.Path,
    arn: directory.arn('policy', input.Path, input.PolicyName),
    description: input.Description,
    createdAtMs: now,
    updatedAtMs: now,
    versions: [{ id: 'v1', document: input.PolicyDocument, createdAtMs: now }],
    defaultVersion: 'v1',
    nextVersion: 2,
    tags: tagRecord(input.Tags),
  };
}
