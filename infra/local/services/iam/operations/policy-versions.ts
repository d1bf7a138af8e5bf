import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { Directory, ManagedPolicy, PolicyVersion } from '../directory.ts';
import { deleteConflict, limitExceeded, noSuchEntity } from '../errors.ts';
import { page } from '../paging.ts';
import { Flag, Page, PolicyArn, PolicyDocument } from '../schemas.ts';
import { versionShape } from '../shapes.ts';
import { requireDocument } from './managed-policies.ts';

const VersionId = z.string().regex(/^v[1-9][0-9]*$/);
const VERSIONS_MAX = 5;

export function policyVersionOperations(directory: Directory): Record<string, Operation> {
  const { clock } = directory.ctx;
  const access = (action: string) => (input: { PolicyArn: string }) => [
    { action: `iam:${action}`, resource: input.PolicyArn },
  ];
  const change = (arn: string, with_: (policy: ManagedPolicy) => ManagedPolicy) =>
    directory.change(() => directory.policies.put([arn], { ...with_(directory.getPolicy(arn)), updatedAtMs: clock() }));
  return {
    CreatePolicyVersion: operation({
      input: z.object({ PolicyArn, PolicyDocument, SetAsDefault: Flag.default(false) }),
      access: access('CreatePolicyVersion'),
      run: async (input) => {
        requireDocument(input.PolicyDocument);
        await change(input.PolicyArn, (policy) =>
          withVersion(policy, input.PolicyDocument, input.SetAsDefault, clock()),
        );
        const policy = directory.getPolicy(input.PolicyArn);
        return { PolicyVersion: versionShape(policy.versions.at(-1) as PolicyVersion, policy, false) };
      },
    }),
    GetPolicyVersion: operation({
      input: z.object({ PolicyArn, VersionId }),
      access: access('GetPolicyVersion'),
      run: (input) => {
        const policy = directory.getPolicy(input.PolicyArn);
        return { PolicyVersion: versionShape(find(policy, input.VersionId), policy, true) };
      },
    }),
    ListPolicyVersions: operation({
      input: z.object({ PolicyArn, ...Page }),
      access: access('ListPolicyVersions'),
      run: (input) => {
        const policy = directory.getPolicy(input.PolicyArn);
        const { items, more } = page(policy.versions, ({ id }) => id.padStart(8, '0'), input);
        return { Versions: items.map((version) => versionShape(version, policy, false)), ...more };
      },
    }),
    SetDefaultPolicyVersion: operation({
      input: z.object({ PolicyArn, VersionId }),
      access: access('SetDefaultPolicyVersion'),
      run: (input) =>
        change(input.PolicyArn, (policy) => ({ ...policy, defaultVersion: find(policy, input.VersionId).id })),
    }),
    DeletePolicyVersion: operation({
      input: z.object({ PolicyArn, VersionId }),
      access: access('DeletePolicyVersion'),
      run: (input) =>
        change(input.PolicyArn, (policy) => {
          const gone = find(policy, input.VersionId);
          if (gone.id === policy.defaultVersion) throw deleteConflict('Cannot delete the default version of a policy.');
          return { ...policy, versions: policy.versions.filter((version) => version !== gone) };
        }),
    }),
  };
}

function withVersion(policy: ManagedPolicy, document: string, isDefault: boolean, createdAtMs: number): ManagedPolicy {
  if (policy.versions.length >= VERSIONS_MAX) {
    throw limitExceeded(
      `A managed policy can have up to ${VERSIONS_MAX} versions. Before you create a new version, you must delete an existing version.`,
    );
  }
  const version = { id: `v${policy.nextVersion}`, document, createdAtMs };
  return {
    ...policy,
    versions: [...policy.versions, version],
    defaultVersion: isDefault ? version.id : policy.defaultVersion,
    nextVersion: policy.nextVersion + 1,
  };
}

function find(policy: ManagedPolicy, id: string): PolicyVersion {
  const version = policy.versions.find((candidate) => candidate.id === id);
  if (!version) throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
  return version;
}
