import 'server-only';

export { editMetadata } from './edit-metadata';
export { findContract } from './find-contract';
export { type DatasetPage, findDataset } from './find-dataset';
export { keepContract } from './keep-contract';
export { listCatalog } from './list-catalog';
export { listCataloguedFiles } from './list-catalogued-files';
export { listColumns } from './list-columns';
export { listDatasetHistory } from './list-dataset-history';
export { listDatasets } from './list-datasets';
export { listDownstream } from './list-downstream';
export { listMetadataEdits } from './list-metadata-edits';
export { countPartitions, listPartitions } from './list-partitions';
export { listTableAccess } from './list-table-access';
export { listDatabases, listTables } from './list-tables';
export { sampleTable } from './sample-table';
