import 'server-only';

export { checkTable } from './check-table';
export { countRuns } from './dashboard/count-runs';
export { getDashboard } from './dashboard/get-dashboard';
export { getMetricSeries } from './dashboard/get-metric-series';
export { getMissing } from './dashboard/get-missing';
export { getTableQuality } from './get-table-quality';
export { changeIncident } from './incidents/change-incident';
export { getIncident } from './incidents/get-incident';
export { listAssignees } from './incidents/list-assignees';
export { listIncidents } from './incidents/list-incidents';
export { listScores } from './list-scores';
export { exportReport } from './report/export-report';
export { getKeptReport } from './report/get-kept-report';
export { getReport } from './report/get-report';
export { listKeptReports } from './report/list-kept-reports';
export { createRuleset, deleteRuleset, updateRuleset } from './rulesets/change-ruleset';
export { getRuleDesk } from './rulesets/get-rule-desk';
