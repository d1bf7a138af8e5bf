import 'server-only';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import type { Context } from '@/lib/auth/context';
import { ROLES, type Role } from '@/lib/auth/permissions';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';

/** Every role that the stack makes is named so; an account may have others, which are none of the lake's business. */
const PREFIX = 'lacustre-';

export interface LakeRole {
  roleName: string;
  /** The role of people that it is; undefined for what services act as. */
  role?: Role;
}

/** The lake's roles as IAM lists them: people's first, from the most to the least, then those of services by name. */
export async function listLakeRoles(ctx: Pick<Context, 'aws'>): Promise<LakeRole[]> {
  const { roleArns } = await getLake();
  const ofPeople = new Map(ROLES.map((role) => [nameOf(roleArns[role]), role]));
  const { items } = await collectPages(async (Marker) => {
    const page = await ctx.aws.iam.send(new ListRolesCommand({ Marker }));
    return { items: page.Roles, next: page.Marker };
  });
  const names = items.flatMap(({ RoleName = '' }) => (RoleName.startsWith(PREFIX) ? RoleName : []));
  const services = names.filter((name) => !ofPeople.has(name)).sort();
  return [
    ...[...ofPeople].map(([roleName, role]) => ({ roleName, role })),
    ...services.map((roleName) => ({ roleName })),
  ];
}

/** An ARN has the role's path before its name. */
const nameOf = (roleArn: string) => roleArn.split('/').at(-1) ?? '';
