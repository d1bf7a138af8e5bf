import 'server-only';

export { findRunOfFile } from './find-run-of-file';
export { findRunsOfFiles } from './find-runs-of-files';
export { getRun } from './get-run';
export { getRunDefinition } from './get-run-definition';
export { listRuns } from './list-runs';
export { stopRun } from './stop-run';
