import 'server-only';

export { findRunOfFile } from './find-run-of-file';
export { getRun } from './get-run';
export { getRunDefinition } from './get-run-definition';
export { listRuns } from './list-runs';
export { stopRun } from './stop-run';
