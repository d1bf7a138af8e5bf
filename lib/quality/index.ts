import 'server-only';

export { changeIncident } from './incidents/change-incident';
export { getIncident } from './incidents/get-incident';
export { listAssignees } from './incidents/list-assignees';
export { listIncidents } from './incidents/list-incidents';
export { syncRecords } from './records/sync-records';
