import { z } from 'zod';
import type { Directory, Holder, Role, User } from './directory.ts';
import { RoleName, UserName } from './schemas.ts';

/** What differs between users and roles, so that operations on their policies and tags are written once. */
export interface HolderKind<H extends Holder = Holder> {
  /** As in the names of operations: `PutRolePolicy`, `PutUserPolicy`. */
  name: 'Role' | 'User';
  /** The input member that names it. */
  member: 'RoleName' | 'UserName';
  nameSchema: z.ZodType<string>;
  /** Characters that all its inline policies together may have, without white space. */
  inlineLimit: number;
  get(directory: Directory, name: string): H;
  put(directory: Directory, holder: H): void;
  all(directory: Directory): Iterable<H>;
}

/** Limits: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length */
export const roleKind: HolderKind<Role> = {
  name: 'Role',
  member: 'RoleName',
  nameSchema: RoleName,
  inlineLimit: 10_240,
  get: (directory, name) => directory.getRole(name),
  put: (directory, role) => directory.roles.put([role.name], role),
  all: (directory) => [...directory.roles.range()].map(({ value }) => value),
};

export const userKind: HolderKind<User> = {
  name: 'User',
  member: 'UserName',
  nameSchema: UserName,
  inlineLimit: 2048,
  get: (directory, name) => directory.getUser(name),
  put: (directory, user) => directory.users.put([user.name], user),
  all: (directory) => [...directory.users.range()].map(({ value }) => value),
};

const find = (kind: HolderKind, directory: Directory, name: string): Holder | undefined =>
  (kind.name === 'Role' ? directory.roles : directory.users).get([name]);

export const boundaryOf = (kind: HolderKind, directory: Directory, name: string): string | undefined =>
  find(kind, directory, name)?.boundary;

/** The ARN that a permission on a holder is checked against; of one that does not exist, as if it had no path. */
export function holderArn(kind: HolderKind, directory: Directory, name: string): string {
  return find(kind, directory, name)?.arn ?? directory.arn(kind.name === 'Role' ? 'role' : 'user', '/', name);
}

/** Reads, changes and keeps one holder in a durable commit. */
export function changeHolder<H extends Holder>(
  kind: HolderKind<H>,
  directory: Directory,
  name: string,
  change: (holder: H) => H,
): Promise<void> {
  return directory.change(() => kind.put(directory, change(kind.get(directory, name))));
}

/** An operation's input that names its holder by the kind's own member; operations read it as `name`. */
export function holderInput<S extends z.ZodRawShape>(
  kind: HolderKind,
  shape: S,
): z.ZodType<z.output<z.ZodObject<S>> & { name: string }> {
  const schema = z.object({ ...shape, [kind.member]: kind.nameSchema });
  // TypeScript cannot follow a member whose name is a value.
  return schema.transform((input) => ({ ...input, name: (input as Record<string, unknown>)[kind.member] })) as never;
}
