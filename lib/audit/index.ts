export { beginChain } from './begin-chain';
export { findWriters, type Writer, writerKey } from './find-writers';
export { recordAudit } from './record-audit';
export { recordSignIn, recordSignOut } from './record-sign-in';
export { type Attempt, recordDone, recordRefusal, runAudited } from './run-audited';
