export { type Context, findContext, getContext } from './context';
export { can, PERMISSIONS, type Permission, ROLES, type Role, rolesWith } from './permissions';
export { requirePermission } from './require-permission';
