import type { AccessRequest } from '@/lib/access/access-decision';
import type { Lake } from '@/lib/aws/lake';
import type { AccessPart } from './schemas';

/**
 * Returns what has to be allowed to see a table's entry, to read its rows, and to query it. Glue asks for the catalog, the
 * database and the table. https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html
 */
export function tableRequests(
  { database, name, location }: { database: string; name: string; location?: string | undefined },
  lake: Pick<Lake, 'stateMachineArn' | 'workGroup'>,
): { parts: Record<AccessPart, AccessRequest[]>; bucket?: string } {
  const [, partition = 'aws', , region = '', account = ''] = lake.stateMachineArn.split(':');
  const glue = (resource: string) => `arn:${partition}:glue:${region}:${account}:${resource}`;
  const resources = ['catalog', `database/${database}`, `table/${database}/${name}`];
  const [, bucket, prefix = ''] = /^s3[an]?:\/\/([^/]+)\/?(.*)$/.exec(location ?? '') ?? [];
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  const s3 = `arn:${partition}:s3:::${bucket}`;
  const workGroup = `arn:${partition}:athena:${region}:${account}:workgroup/${lake.workGroup}`;
  return {
    parts: {
      entry: resources.map((resource) => ({ action: 'glue:GetTable', resource: glue(resource) })),
      rows: bucket
        ? [
            { action: 's3:ListBucket', resource: s3 },
            // Any object below: policies are written for folders.
            { action: 's3:GetObject', resource: `${s3}/${folder}object` },
          ]
        : [],
      query: [
        { action: 'athena:StartQueryExecution', resource: workGroup },
        { action: 'athena:GetQueryResults', resource: workGroup },
      ],
    },
    ...(bucket ? { bucket } : {}),
  };
}
