import 'server-only';

export { changePassword } from './change-password';
export { createPerson } from './create-person';
export { listPeople } from './list-people';
export { type ReadPolicies, readRolePolicies } from './read-role-policies';
export { resetPassword } from './reset-password';
export { updatePerson } from './update-person';
