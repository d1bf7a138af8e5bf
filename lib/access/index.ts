import 'server-only';

export type { AccessRequest } from './access-decision';
export { changePassword } from './change-password';
export { Decider } from './decider';
export { getAccount } from './get-account';
export { getPerson } from './get-person';
export { listPeople } from './list-people';
export { exportAccessMatrix } from './matrix/export-access-matrix';
export { getAccessMatrix } from './matrix/get-access-matrix';
export { type BucketFinding, readBucketPolicy } from './read-bucket-policy';
export { readPrincipal } from './read-principal';
export { resetPassword } from './reset-password';
export { getRole } from './roles/get-role';
export { listRoles } from './roles/list-roles';
export { updatePerson } from './update-person';
