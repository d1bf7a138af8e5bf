import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { Directory, Role } from '../directory.ts';
import { alreadyExists, deleteConflict, limitExceeded, requirePolicy } from '../errors.ts';
import { changeHolder, holderArn, roleKind } from '../holders.ts';
import { uniqueId } from '../ids.ts';
import { page } from '../paging.ts';
import { Page, Path, PathPrefix, PolicyArn, PolicyDocument, RoleName, Tags } from '../schemas.ts';
import { roleShape } from '../shapes.ts';
import { requireAttachable } from './attached-policies.ts';
import { tagRecord } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const Description = z
  .string()
  .max(1000)
  .regex(/^[\t\n\r\x20-\x7e\xa1-\xff]*$/)
  .optional();
const MaxSessionDuration = z.coerce.number().int().min(3600).max(43_200);
const TRUST_CHARACTERS_MAX = 2048;

const CreateRole = z.object({
  RoleName,
  AssumeRolePolicyDocument: PolicyDocument,
  Path,
  Description,
  MaxSessionDuration: MaxSessionDuration.default(3600),
  PermissionsBoundary: PolicyArn.optional(),
  Tags,
});

export function roleOperations(directory: Directory): Record<string, Operation> {
  const { clock, newId } = directory.ctx;
  const access = (action: string) => (input: { RoleName: string }) => [
    { action: `iam:${action}`, resource: holderArn(roleKind, directory, input.RoleName) },
  ];
  return {
    CreateRole: operation({
      input: CreateRole,
      access: ({ RoleName: name, Path: path }) => [
        { action: 'iam:CreateRole', resource: directory.arn('role', path, name) },
      ],
      run: async (input) => {
        requireTrust(input.AssumeRolePolicyDocument);
        const role = newRole(directory, input, uniqueId('AROA', newId), clock());
        await directory.change(() => {
          if (directory.roles.get([role.name])) throw alreadyExists(`Role with name ${role.name}`);
          if (role.boundary) requireAttachable(directory, role.boundary);
          directory.roles.put([role.name], role);
        });
        return { Role: roleShape(role) };
      },
    }),
    GetRole: operation({
      input: z.object({ RoleName }),
      access: access('GetRole'),
      run: (input) => ({ Role: roleShape(directory.getRole(input.RoleName)) }),
    }),
    ListRoles: operation({
      input: z.object({ PathPrefix, ...Page }),
      access: (input) => [{ action: 'iam:ListRoles', resource: directory.arn('role', input.PathPrefix, '') }],
      run: ({ PathPrefix: prefix, ...wanted }) => {
        const chosen = [...roleKind.all(directory)].filter(({ path }) => path.startsWith(prefix));
        const { items, more } = page(chosen, ({ name }) => name, wanted);
        return { Roles: items.map(roleShape), ...more };
      },
    }),
    UpdateRole: operation({
      input: z.object({ RoleName, Description, MaxSessionDuration: MaxSessionDuration.optional() }),
      access: access('UpdateRole'),
      run: ({ RoleName: name, Description: description, MaxSessionDuration: maxSessionSeconds }) =>
        changeHolder(roleKind, directory, name, (role) => ({
          ...role,
          description: description ?? role.description,
          maxSessionSeconds: maxSessionSeconds ?? role.maxSessionSeconds,
        })).then(() => ({})),
    }),
    UpdateAssumeRolePolicy: operation({
      input: z.object({ RoleName, PolicyDocument }),
      access: access('UpdateAssumeRolePolicy'),
      run: async ({ RoleName: name, PolicyDocument: trust }) => {
        requireTrust(trust);
        await changeHolder(roleKind, directory, name, (role) => ({ ...role, trust }));
      },
    }),
    DeleteRole: operation({
      input: z.object({ RoleName }),
      access: access('DeleteRole'),
      run: ({ RoleName: name }) =>
        directory.change(() => {
          requireBare(directory.getRole(name));
          directory.roles.remove([name]);
        }),
    }),
  };
}

function newRole(directory: Directory, input: z.output<typeof CreateRole>, id: string, createdAtMs: number): Role {
  return {
    name: input.RoleName,
    id,
    path: input.Path,
    arn: directory.arn('role', input.Path, input.RoleName),
    createdAtMs,
    description: input.Description,
    maxSessionSeconds: input.MaxSessionDuration,
    trust: input.AssumeRolePolicyDocument,
    inline: {},
    attached: [],
    boundary: input.PermissionsBoundary,
    tags: tagRecord(input.Tags),
  };
}

function requireTrust(document: string): void {
  requirePolicy(document, 'trust');
  if (document.replace(/\s/g, '').length > TRUST_CHARACTERS_MAX) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${TRUST_CHARACTERS_MAX}`);
  }
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html */
export function requireBare({ inline, attached }: { inline: object; attached: string[] }): void {
  if (attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
  if (Object.keys(inline).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
}
