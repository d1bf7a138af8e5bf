import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { AppError } from '@/lib/errors';
import { listPeople } from '../list-people';
import { readPrincipal } from '../read-principal';
import { listLakeRoles } from './lake-roles';
import { permissionsOf } from './permissions-of';
import { withStatements } from './policy-statements';
import { GetRole, type RoleDetails } from './schemas';

/** Returns a role of the lake with everything that its policies say. Throws NOT_FOUND for a role that is not of the lake. */
export async function getRole(ctx: Context, raw: GetRole): Promise<RoleDetails> {
  requirePermission(ctx, 'access:read');
  const { roleName } = GetRole.parse(raw);
  const [roles, people] = await Promise.all([listLakeRoles(ctx), listPeople(ctx, {})]);
  const known = roles.find((each) => each.roleName === roleName);
  if (!known) throw new AppError('NOT_FOUND', `The lake has no role ${roleName}.`);
  const principal = await readPrincipal(ctx, roleName);
  const { trust, identity, boundary, ...facts } = principal;
  const holders = people.filter(({ isActive, role }) => isActive && role === known.role);
  return {
    ...facts,
    ...known,
    ...(known.role ? { people: holders.map(({ id, name, email }) => ({ id, name, email })) } : {}),
    permissions: permissionsOf(principal),
    trust: withStatements(trust),
    policies: identity.map(withStatements),
    ...(boundary ? { boundary: withStatements(boundary) } : {}),
  };
}
