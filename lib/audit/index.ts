export { beginChain } from './begin-chain';
export { exportEvents } from './export-events';
export { findWriters, type Writer, writerKey } from './find-writers';
export { getLastVerifications, type KeptVerification } from './kept-verifications';
export { listEvents } from './list-events';
export { recordAudit } from './record-audit';
export { recordSignIn, recordSignOut } from './record-sign-in';
export { type Attempt, recordDone, recordRefusal, runAudited } from './run-audited';
export { type VerificationStep, verifyEvents } from './verify-events';
