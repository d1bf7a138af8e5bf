import { AppError } from '@/lib/errors';
import { can, type Permission, type Role, rolesWith } from './permissions';

/** Throws FORBIDDEN unless the person's role holds the permission: the first line of every verb. */
export function requirePermission(ctx: { role: Role }, permission: Permission): void {
  if (can(ctx.role, permission)) return;
  throw new AppError('FORBIDDEN', `The role ${ctx.role} does not have the permission ${permission}.`, {
    reason: 'permission',
    details: { role: ctx.role, permission, grantedTo: rolesWith(permission) },
  });
}
