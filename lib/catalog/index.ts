import 'server-only';

export { findContract } from './find-contract';
export { type DatasetPage, getDataset } from './get-dataset';
export { keepContract } from './keep-contract';
export { listCataloguedFiles } from './list-catalogued-files';
export { listDatasetHistory } from './list-dataset-history';
export { listDatasets } from './list-datasets';
export { listDownstream } from './list-downstream';
export { sampleTable } from './sample-table';
