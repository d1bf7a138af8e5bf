import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { withLimit } from '@/lib/aws/with-limit';
import { describeStatement } from '@/lib/languages/iam-policy/words.ts';
import { listPeople } from '../list-people';
import { readPrincipal } from '../read-principal';
import { type LakeRole, listLakeRoles } from './lake-roles';
import { parsed } from './policy-statements';
import type { RoleSummary } from './schemas';

/** Reading one role takes a handful of calls, and IAM takes few of them a second. */
const ROLES_AT_ONCE = 4;

/** Every role of the lake with what it is for, who may act as it, and how much it holds. */
export async function listRoles(ctx: Context, _input: Record<string, never>): Promise<RoleSummary[]> {
  requirePermission(ctx, 'access:read');
  const [roles, people] = await Promise.all([listLakeRoles(ctx), listPeople(ctx, {})]);
  const active = people.filter(({ isActive }) => isActive);
  const countOf = ({ role }: LakeRole) => (role ? { people: active.filter((each) => each.role === role).length } : {});
  return withLimit(roles, ROLES_AT_ONCE, async (role) => ({ ...(await summaryOf(ctx, role)), ...countOf(role) }));
}

async function summaryOf(ctx: Context, role: LakeRole): Promise<RoleSummary> {
  const { trust, identity, boundary, description, lastUsedAt, unread, roleArn } = await readPrincipal(
    ctx,
    role.roleName,
  );
  const trusting = parsed(trust)?.statements ?? [];
  return {
    ...role,
    roleArn,
    ...(description ? { description } : {}),
    trustedBy: trusting
      .filter(({ effect }) => effect === 'Allow')
      .flatMap((statement) => describeStatement(statement).filter(({ part }) => part === 'principal')),
    policies: identity.length + (boundary ? 1 : 0),
    statements: identity.reduce((count, policy) => count + (parsed(policy)?.statements.length ?? 0), 0),
    ...(lastUsedAt ? { lastUsedAt } : {}),
    unread,
  };
}
