export type { Context } from './context';
export { can } from './permissions';
export { requirePermission } from './require-permission';
