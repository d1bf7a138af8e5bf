import { expect, it } from 'vitest';
import { observedCalls } from './observed-calls.ts';
import { TrailRecord } from './record.ts';

const account = '111122223333';
const role = `arn:aws:iam::${account}:role/lacustre-analyst`;
let ids = 0;

function recordOf(source: string, eventName: string, asked: object, more: Partial<TrailRecord> = {}): TrailRecord {
  return TrailRecord.parse({
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${account}:assumed-role/lacustre-analyst/ada@example.com`,
      sessionContext: { sessionIssuer: { type: 'Role', arn: role, userName: 'lacustre-analyst' } },
    },
    eventTime: '2026-11-26T10:00:00Z',
    eventSource: `${source}.amazonaws.com`,
    eventName,
    awsRegion: 'eu-west-3',
    requestParameters: asked,
    eventID: String(ids++),
    eventType: 'AwsApiCall',
    recipientAccountId: account,
    ...more,
  });
}

const needed = (...records: TrailRecord[]) =>
  observedCalls(records).map(({ action, resource }) => `${action} ${resource}`);
const ofGlue = (rest: string) => `arn:aws:glue:eu-west-3:${account}:${rest}`;

it.each([
  ['GetObject', { key: 'a.csv' }, ['s3:GetObject arn:aws:s3:::b/a.csv']],
  ['HeadObject', { key: 'a.csv', versionId: 'v1' }, ['s3:GetObjectVersion arn:aws:s3:::b/a.csv']],
  ['UploadPart', { key: 'a.csv' }, ['s3:PutObject arn:aws:s3:::b/a.csv']],
  ['ListObjects', { prefix: 'sales/' }, ['s3:ListBucket arn:aws:s3:::b']],
  ['HeadBucket', {}, ['s3:ListBucket arn:aws:s3:::b']],
  ['GetBucketLifecycle', {}, ['s3:GetLifecycleConfiguration arn:aws:s3:::b']],
  ['DeleteBucketCors', {}, ['s3:PutBucketCORS arn:aws:s3:::b']],
  [
    'CopyObject',
    { key: 'b.csv', 'x-amz-copy-source': '/a/x%20y.csv?versionId=v2', 'x-amz-tagging': 'k=v' },
    [
      's3:PutObject arn:aws:s3:::b/b.csv',
      's3:PutObjectTagging arn:aws:s3:::b/b.csv',
      's3:GetObjectVersion arn:aws:s3:::a/x y.csv',
    ],
  ],
])('knows what S3 asks for %s with %o', (eventName, asked, calls) => {
  expect(needed(recordOf('s3', eventName, { bucketName: 'b', ...asked }))).toEqual(calls);
});

it('asks the catalog for a table and for what it is in', () => {
  const calls = needed(recordOf('glue', 'GetPartitions', { databaseName: 'Retail', tableName: 'Sales' }));
  expect(calls).toEqual(
    ['catalog', 'database/retail', 'table/retail/sales'].map((rest) => `glue:GetPartitions ${ofGlue(rest)}`),
  );
});

it('names the work group of a query that is known by its id, whichever record comes first', () => {
  const started = recordOf(
    'athena',
    'StartQueryExecution',
    { workGroup: 'lacustre', queryString: '***OMITTED***' },
    { responseElements: { queryExecutionId: 'q1' } },
  );
  const asked = recordOf('athena', 'GetQueryResults', { queryExecutionId: 'q1' });
  const group = `arn:aws:athena:eu-west-3:${account}:workgroup/lacustre`;
  expect(needed(asked, started)).toEqual([`athena:GetQueryResults ${group}`, `athena:StartQueryExecution ${group}`]);
});

it('finds the roles that a call hands over', () => {
  const job = recordOf('glue', 'UpdateJob', { jobName: 'transform', jobUpdate: { role: 'job-role' } });
  expect(needed(job)).toEqual([
    `glue:UpdateJob ${ofGlue('job/transform')}`,
    `iam:PassRole arn:aws:iam::${account}:role/job-role`,
  ]);
});

it('knows functions under the versioned names of their API', () => {
  const calls = needed(
    recordOf('lambda', 'GetFunction20150331v2', { functionName: 'lacustre-quality' }),
    recordOf('lambda', 'Invoke', { functionName: `arn:aws:lambda:eu-west-3:${account}:function:lacustre-quality` }),
  );
  const arn = `arn:aws:lambda:eu-west-3:${account}:function:lacustre-quality`;
  expect(calls).toEqual([`lambda:GetFunction ${arn}`, `lambda:InvokeFunction ${arn}`]);
});

it('counts calls and denials, and knows the last', () => {
  const read = { bucketName: 'b', key: 'a.csv' };
  const at = (eventTime: string, errorCode?: string) => recordOf('s3', 'GetObject', read, { eventTime, errorCode });
  expect(
    observedCalls([
      at('2026-11-26T10:00:03Z', 'AccessDenied'),
      at('2026-11-26T10:00:01Z'),
      at('2026-11-26T10:00:02Z', 'NoSuchKey'),
    ]),
  ).toEqual([
    {
      roleArn: role,
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::b/a.csv',
      count: 3,
      lastAt: '2026-11-26T10:00:03Z',
      deniedCount: 1,
    },
  ]);
});

it('counts what one record says of many reads, on all that they were of', () => {
  const scan = recordOf(
    's3',
    'GetObject',
    { bucketName: 'b', key: 'sales/42.parquet' },
    { additionalEventData: { furtherCalls: 41, furtherPrefix: 'sales/' } },
  );
  expect(observedCalls([scan])).toMatchObject([{ resource: 'arn:aws:s3:::b/sales/*', count: 42 }]);
});

it('leaves out who is no role, and what needs no permission', () => {
  const root = recordOf('s3', 'GetObject', { bucketName: 'b', key: 'k' }, { userIdentity: { type: 'Root' } });
  expect(observedCalls([root, recordOf('sts', 'GetCallerIdentity', {})])).toEqual([]);
});

it('takes a service that it does not know by the resources of its records', () => {
  const kms = recordOf('kms', 'Decrypt', {}, { resources: [{ ARN: 'arn:aws:kms:eu-west-3:1:key/k' }] });
  expect(needed(kms, recordOf('ec2', 'DescribeVpcs', {}))).toEqual([
    'kms:Decrypt arn:aws:kms:eu-west-3:1:key/k',
    'ec2:DescribeVpcs *',
  ]);
});
