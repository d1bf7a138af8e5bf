import 'server-only';

export { countRuns } from './dashboard/count-runs';
export { getDashboard } from './dashboard/get-dashboard';
export { getMissing } from './dashboard/get-missing';
export { changeIncident } from './incidents/change-incident';
export { getIncident } from './incidents/get-incident';
export { listAssignees } from './incidents/list-assignees';
export { listIncidents } from './incidents/list-incidents';
export { syncRecords } from './records/sync-records';
