import 'server-only';

export { changePassword } from './change-password';
export { getAccount } from './get-account';
export { getPerson } from './get-person';
export { listPeople } from './list-people';
export { type ReadPolicies, readRolePolicies } from './read-role-policies';
export { resetPassword } from './reset-password';
export { updatePerson } from './update-person';
