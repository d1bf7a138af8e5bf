import 'server-only';

export { cancelQuery } from './cancel-query';
export { getQuery } from './get-query';
export { getQueryRecord } from './history/get-query-record';
export { listQueryHistory } from './history/list-query-history';
export { listRunningQueries } from './history/list-running-queries';
export { listQueryRows } from './list-query-rows';
export { keepPastTables, listPastTables } from './past/prepare-past';
export { runQuery } from './run-query';
export { deleteSavedQuery, undeleteSavedQuery } from './saved/delete-saved-query';
export { getSavedQuery } from './saved/get-saved-query';
export { compareQueryVersions, listQueryVersions } from './saved/list-query-versions';
export { listSavedQueries } from './saved/list-saved-queries';
export { moveSavedQuery } from './saved/move-saved-query';
export { restoreQueryVersion } from './saved/restore-query-version';
export { saveQuery } from './saved/save-query';
export { signQueryDownload } from './sign-query-download';
