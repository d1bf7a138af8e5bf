export type { Context } from './context';
export { can } from './permissions';
export { requireAllowance } from './require-allowance';
export { requirePermission } from './require-permission';
