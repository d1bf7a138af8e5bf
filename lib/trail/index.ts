import 'server-only';

export { getTrailStatus } from './get-trail-status';
export { listObservedCalls } from './list-observed-calls';
export { listTrailRecords } from './list-trail-records';
export { verifyTrailFiles } from './verify-trail-files';
