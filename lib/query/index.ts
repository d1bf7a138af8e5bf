import 'server-only';

export { cancelQuery } from './cancel-query';
export { deleteSavedQuery } from './delete-saved-query';
export { cancelExport, exportResult, getExport } from './export/export-result';
export { getQuery } from './get-query';
export { listQueryRows } from './list-query-rows';
export { listSavedQueries } from './list-saved-queries';
export { keepPastTables, listPastTables } from './past/prepare-past';
export { getResult, listResultRows } from './result/list-result-rows';
export { getColumnStats, getResultChart } from './result/summarize-result';
export { runQuery } from './run-query';
export { saveQuery } from './save-query';
export { signQueryDownload } from './sign-query-download';
