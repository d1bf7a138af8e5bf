import 'server-only';

export { exportLineage } from './export-lineage';
export { getLineage } from './get-lineage';
