import 'server-only';

export { describeRunOfFile } from './describe-run-of-file';
export { findRunOfFile } from './find-run-of-file';
export { findRunsOfFiles } from './find-runs-of-files';
export { getRun } from './get-run';
export { getRunDefinition } from './get-run-definition';
export { listRuns } from './list-runs';
export { publishHeld } from './publish-held';
export { rerunFile } from './rerun-file';
export { stopRun } from './stop-run';
