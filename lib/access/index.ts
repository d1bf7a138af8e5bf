import 'server-only';

export type { AccessRequest } from './access-decision';
export { changePassword } from './change-password';
export { createPerson } from './create-person';
export { Decider } from './decider';
export { explainDenial } from './explain-denial';
export { acceptFinding } from './findings/accept-finding';
export { listFindings } from './findings/list-findings';
export { withdrawAcceptance } from './findings/withdraw-acceptance';
export { listActions } from './list-actions';
export { listPeople } from './list-people';
export { listSimulatorChoices } from './list-simulator-choices';
export { observeAccess } from './observed/observe-access';
export { type BucketFinding, readBucketPolicy } from './read-bucket-policy';
export { readPrincipal } from './read-principal';
export { resetPassword } from './reset-password';
export { simulate } from './simulate';
export { updatePerson } from './update-person';
