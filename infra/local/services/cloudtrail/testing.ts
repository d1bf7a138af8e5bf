import {
  CloudTrailClient,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { CreateBucketCommand, PutBucketPolicyCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { TEST_ACCOUNT, TEST_REGION, type TestLake } from '../../testing/test-lake.ts';
import type { CloudTrailService } from './index.ts';

export const TRAIL_BUCKET = 'lacustre-trail';

const arnOfTrail = (name: string) => `arn:aws:cloudtrail:${TEST_REGION}:${TEST_ACCOUNT}:trail/${name}`;
export const TRAIL_ARN = arnOfTrail('lacustre');

/** The policy that AWS's guide gives for a trail's bucket. */
export function trailBucketPolicy(bucket: string, trailArn = TRAIL_ARN): string {
  const Principal = { Service: 'cloudtrail.amazonaws.com' };
  const source = { 'aws:SourceArn': trailArn };
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
export async function startTrail(lake: Pick<TestLake, 'clientConfig'>): Promise<void> {
  const s3 = new S3Client(lake.clientConfig);
  for (const Bucket of ['data', 'other']) {
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: TEST_REGION } }));
  }
  await makeTrail(lake, { Name: 'lacustre', S3BucketName: TRAIL_BUCKET }, [{ objects: ['arn:aws:s3:::data/'] }]);
}

/** A trail with a bucket of its own that keeps all management events and what is done to objects or functions. */
export async function makeTrail(
  { clientConfig }: Pick<TestLake, 'clientConfig'>,
  trail: { Name: string; S3BucketName: string },
  data: ({ objects: string[] } | 'functions')[],
): Promise<void> {
  const s3 = new S3Client(clientConfig);
  const cloudTrail = new CloudTrailClient(clientConfig);
  const { Name, S3BucketName: Bucket } = trail;
  await s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: TEST_REGION } as const }),
  );
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: trailBucketPolicy(Bucket, arnOfTrail(Name)) }));
  await cloudTrail.send(new CreateTrailCommand({ ...trail, EnableLogFileValidation: true }));
  const field = (Field: string, ...Equals: string[]) => ({ Field, Equals });
  const ofData = data.map((of) => [
    field('eventCategory', 'Data'),
    field('resources.type', of === 'functions' ? 'AWS::Lambda::Function' : 'AWS::S3::Object'),
    ...(of === 'functions' ? [] : [{ Field: 'resources.ARN', StartsWith: of.objects }]),
  ]);
  await cloudTrail.send(
    new PutEventSelectorsCommand({
      TrailName: Name,
      AdvancedEventSelectors: [[field('eventCategory', 'Management')], ...ofData].map((FieldSelectors) => ({
        FieldSelectors,
      })),
    }),
  );
  await cloudTrail.send(new StartLoggingCommand({ Name }));
}

/** Does not wait until it is time to. */
export function deliverNow(lake: TestLake): Promise<void> {
  return (lake.service('cloudtrail') as CloudTrailService).deliver();
}
