/** Records as IAM answers them. */
import type { AccessKey, Holder, ManagedPolicy, PolicyVersion, Role, User } from './directory.ts';

/** Policy documents travel percent-encoded by RFC 3986: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function tagList(tags: Record<string, string>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

const boundary = ({ boundary: arn }: Holder) =>
  arn && { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn } };

export function userShape(user: User) {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: user.arn,
    CreateDate: new Date(user.createdAtMs),
    ...boundary(user),
    Tags: tagList(user.tags),
  };
}

export function roleShape(role: Role) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAtMs),
    AssumeRolePolicyDocument: encodeDocument(role.trust),
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
    ...boundary(role),
    Tags: tagList(role.tags),
  };
}

export function policyShape(policy: ManagedPolicy, attachmentCount: number) {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: attachmentCount,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: new Date(policy.createdAtMs),
    UpdateDate: new Date(policy.updatedAtMs),
    Tags: tagList(policy.tags),
  };
}

export function versionShape(
  { id, document, createdAtMs }: PolicyVersion,
  policy: ManagedPolicy,
  withDocument: boolean,
) {
  return {
    ...(withDocument && { Document: encodeDocument(document) }),
    VersionId: id,
    IsDefaultVersion: id === policy.defaultVersion,
    CreateDate: new Date(createdAtMs),
  };
}

export function accessKeyShape({ id, userName, status, createdAtMs }: AccessKey) {
  return { UserName: userName, AccessKeyId: id, Status: status, CreateDate: new Date(createdAtMs) };
}
