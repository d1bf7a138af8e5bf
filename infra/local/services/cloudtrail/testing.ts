import {
  CloudTrailClient,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { CreateBucketCommand, PutBucketPolicyCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { TEST_ACCOUNT, TEST_REGION, type TestLake } from '../../testing/test-lake.ts';
import type { CloudTrailService } from './index.ts';

export const TRAIL_ARN = `arn:aws:cloudtrail:${TEST_REGION}:${TEST_ACCOUNT}:trail/lacustre`;
export const TRAIL_BUCKET = 'lacustre-trail';

/** The policy that AWS's guide gives for a trail's bucket. */
export function trailBucketPolicy(bucket: string): string {
  const Principal = { Service: 'cloudtrail.amazonaws.com' };
  const source = { 'aws:SourceArn': TRAIL_ARN };
  const Resource = `arn:aws:s3:::${bucket}`;
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal, Action: 's3:GetBucketAcl', Resource, Condition: { StringEquals: source } },
      {
        Effect: 'Allow',
        Principal,
        Action: 's3:PutObject',
        Resource: `${Resource}/AWSLogs/${TEST_ACCOUNT}/*`,
        Condition: { StringEquals: { ...source, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ],
  });
}

/** A trail that keeps all management events, and what happens to the objects of the bucket `data`. */
export async function startTrail({ clientConfig }: Pick<TestLake, 'clientConfig'>): Promise<void> {
  const s3 = new S3Client(clientConfig);
  const cloudTrail = new CloudTrailClient(clientConfig);
  const CreateBucketConfiguration = { LocationConstraint: TEST_REGION } as const;
  for (const Bucket of [TRAIL_BUCKET, 'data', 'other']) {
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  }
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket: TRAIL_BUCKET, VersioningConfiguration }));
  await s3.send(new PutBucketPolicyCommand({ Bucket: TRAIL_BUCKET, Policy: trailBucketPolicy(TRAIL_BUCKET) }));
  const trail = { Name: 'lacustre', S3BucketName: TRAIL_BUCKET, EnableLogFileValidation: true };
  await cloudTrail.send(new CreateTrailCommand(trail));
  const field = (Field: string, ...Equals: string[]) => ({ Field, Equals });
  await cloudTrail.send(
    new PutEventSelectorsCommand({
      TrailName: 'lacustre',
      AdvancedEventSelectors: [
        { FieldSelectors: [field('eventCategory', 'Management')] },
        {
          FieldSelectors: [
            field('eventCategory', 'Data'),
            field('resources.type', 'AWS::S3::Object'),
            { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::data/'] },
          ],
        },
      ],
    }),
  );
  await cloudTrail.send(new StartLoggingCommand({ Name: 'lacustre' }));
}

/** Does not wait until it is time to. */
export function deliverNow(lake: TestLake): Promise<void> {
  return (lake.service('cloudtrail') as CloudTrailService).deliver();
}
