import 'server-only';

export { findContract } from './find-contract';
export { type DatasetPage, findDataset } from './find-dataset';
export { keepContract } from './keep-contract';
export { listCataloguedFiles } from './list-catalogued-files';
export { listColumns } from './list-columns';
export { listDatasetHistory } from './list-dataset-history';
export { listDatasets } from './list-datasets';
export { listDownstream } from './list-downstream';
export { listDatabases, listTables } from './list-tables';
export { sampleTable } from './sample-table';
