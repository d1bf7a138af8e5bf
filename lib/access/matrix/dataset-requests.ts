import type { Lake } from '@/lib/aws/lake';
import { tableRequests } from '@/lib/catalog/table-requests';
import { contractKey } from '@/lib/languages/contract/contract.ts';
import type { AccessRequest } from '../access-decision';
import type { MatrixAction } from './schemas';

export interface MatrixDataset {
  name: string;
  /** Undefined for a view. */
  location?: string;
}

type LakeNames = Pick<
  Lake,
  'database' | 'processedBucket' | 'rawBucket' | 'resultsBucket' | 'stateMachineArn' | 'workGroup'
>;

/**
 * Returns what has to be allowed for each thing that people do with a dataset, as this console does it: a table of the
 * lake's database, whose raw files lie in a folder of its name.
 */
export function datasetRequests(
  { name, location }: MatrixDataset,
  lake: LakeNames,
): Record<MatrixAction, AccessRequest[]> {
  const [, partition = 'aws', , region = '', account = ''] = lake.stateMachineArn.split(':');
  const { entry, rows, query } = tableRequests({ database: lake.database, name, location }, lake).parts;
  const s3 = (resource: string, ...actions: string[]) =>
    actions.map((action) => ({ action: `s3:${action}`, resource: `arn:${partition}:s3:::${resource}` }));
  const glue = (resource: string, ...actions: string[]) =>
    actions.map((action) => ({
      action: `glue:${action}`,
      resource: `arn:${partition}:glue:${region}:${account}:${resource}`,
    }));
  // Any object below: policies are written for folders.
  const rawFile = `${lake.rawBucket}/${name}/object`;
  return {
    see: entry,
    // Athena writes the result as the person who asks, and the console reads it from there.
    query: [...entry, ...rows, ...query, ...s3(`${lake.resultsBucket}/athena/object`, 'PutObject', 'GetObject')],
    readFiles: rows,
    upload: s3(rawFile, 'PutObject', 'ListMultipartUploadParts', 'AbortMultipartUpload'),
    restore: [
      ...s3(lake.rawBucket, 'ListBucketVersions'),
      ...s3(rawFile, 'GetObjectVersion', 'GetObjectVersionTagging', 'PutObject', 'PutObjectTagging'),
    ],
    change: [
      ...entry.map(({ resource }) => ({ action: 'glue:UpdateTable', resource })),
      ...s3(`${lake.processedBucket}/${contractKey(name)}`, 'PutObject'),
    ],
    editRules: glue(`dataQualityRuleset/${name}`, 'CreateDataQualityRuleset', 'UpdateDataQualityRuleset'),
    runPipeline: [{ action: 'states:StartExecution', resource: lake.stateMachineArn }],
    delete: s3(rawFile, 'DeleteObject'),
  };
}
