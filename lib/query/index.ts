import 'server-only';

export { cancelQuery } from './cancel-query';
export { estimateQuery } from './cost/estimate-query';
export { deleteSavedQuery } from './delete-saved-query';
export { getQuery } from './get-query';
export { listQueryRows } from './list-query-rows';
export { listSavedQueries } from './list-saved-queries';
export { keepPastTables, listPastTables } from './past/prepare-past';
export { runQuery } from './run-query';
export { saveQuery } from './save-query';
export { signQueryDownload } from './sign-query-download';
