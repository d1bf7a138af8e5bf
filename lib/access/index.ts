import 'server-only';

export type { AccessRequest } from './access-decision';
export { changePassword } from './change-password';
export { createPerson } from './create-person';
export { Decider } from './decider';
export { listPeople } from './list-people';
export { type BucketFinding, readBucketPolicy } from './read-bucket-policy';
export { readPrincipal } from './read-principal';
export { resetPassword } from './reset-password';
export { updatePerson } from './update-person';
