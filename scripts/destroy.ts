/**
 * `npm run destroy`: takes the stack off AWS and keeps the data, whose buckets outlive it.
 * `npm run destroy -- --with-data --confirm lacustre-raw-<account>-<region>` deletes the buckets and every version in them too, the trail's among them.
 */
import { spawnSync } from 'node:child_process';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DeleteBucketCommand, DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { root } from './launch/settings.ts';

const withData = process.argv.includes('--with-data');
const confirmed = process.argv[process.argv.indexOf('--confirm') + 1];

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function main(): Promise<void> {
  const buckets = await stackBuckets();
  const [raw] = buckets;
  if (withData && (!raw || confirmed !== raw)) {
    throw new Error(
      `This would delete every version of every file in ${buckets.join(', ')}. If that is meant: npm run destroy -- --with-data --confirm ${raw}`,
    );
  }
  const { status } = spawnSync(process.execPath, ['node_modules/aws-cdk/bin/cdk', 'destroy', 'Lacustre', '--force'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  if (!withData) return console.log(`The stack is gone; the data is kept in ${buckets.join(', ')}.`);
  for (const bucket of buckets) await deleteBucket(bucket);
}

async function stackBuckets(): Promise<string[]> {
  const { Stacks } = await new CloudFormationClient().send(new DescribeStacksCommand({ StackName: 'Lacustre' }));
  const outputs = new Map(Stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  return ['RawBucket', 'QuarantineBucket', 'ProcessedBucket', 'ResultsBucket', 'TrailBucket'].flatMap(
    (name) => outputs.get(name) ?? [],
  );
}

async function deleteBucket(Bucket: string): Promise<void> {
  const s3 = new S3Client();
  for (;;) {
    // Always the first page: what was listed before is gone by now.
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) break;
    const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    if (Errors?.[0]) throw new Error(`${Errors[0].Key} of ${Bucket} could not be deleted: ${Errors[0].Message}`);
  }
  await s3.send(new DeleteBucketCommand({ Bucket }));
  console.log(`Deleted ${Bucket}.`);
}
