import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { FileSource } from '../../../lib/languages/contract/verdict.ts';
import { startTestLake, type TestLake, type TestLakeOptions } from '../../local/testing/test-lake.ts';

export const zones = {
  raw: 'test-raw',
  quarantine: 'test-quarantine',
  processed: 'test-processed',
  results: 'test-results',
};

/** A lake with its four zones, and the environment that a function of it would have. */
export interface FunctionLake {
  lake: TestLake;
  s3: S3Client;
  /** Puts an object; answers its version as an event would name it. */
  put(bucket: string, key: string, body: string | Uint8Array): Promise<FileSource>;
  /** The object's text, or undefined. */
  read(bucket: string, key: string): Promise<string | undefined>;
  /** Deletes an object; answers the version of its delete marker. */
  remove(bucket: string, key: string): Promise<string>;
  /** Version ids of a key, newest first, delete markers left out. */
  versions(bucket: string, key: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function startFunctionLake(services: TestLakeOptions['services']): Promise<FunctionLake> {
  const lake = await startTestLake({ services });
  const { endpoint, region, credentials } = lake.clientConfig;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    QUARANTINE_BUCKET: zones.quarantine,
    PROCESSED_BUCKET: zones.processed,
    RESULTS_BUCKET: zones.results,
    GRAPHS: JSON.stringify({ sales: 's3://graphs/sales.json' }),
    STATE_MACHINE_ARN: 'arn:aws:states:eu-west-3:000000000000:stateMachine:lacustre-ingest',
    DATABASE: 'retail',
    STAGED_DATABASE: 'retail_staged',
    PARTITION: 'aws',
    ACCOUNT: '000000000000',
    WORK_GROUP: 'lacustre',
  });
  const s3 = new S3Client(lake.clientConfig);
  for (const Bucket of Object.values(zones)) {
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  }
  return { lake, s3, ...objectsOf(s3), close: () => closeAll(s3, lake) };
}

function objectsOf(s3: S3Client): Pick<FunctionLake, 'put' | 'read' | 'remove' | 'versions'> {
  let sequence = 0;
  return {
    async put(bucket, key, body) {
      const { VersionId = 'null' } = await s3.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: Buffer.from(body) }),
      );
      const sequencer = String(++sequence).padStart(16, '0');
      return { bucket, key, versionId: VersionId, sequencer, size: Buffer.byteLength(body) };
    },
    async read(bucket, key) {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return await Body?.transformToString();
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
        throw error;
      }
    },
    async remove(bucket, key) {
      const { VersionId = 'null' } = await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
      return VersionId;
    },
    async versions(bucket, key) {
      const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }));
      return Versions.filter(({ Key }) => Key === key).map(({ VersionId = '' }) => VersionId);
    },
  };
}

async function closeAll(s3: S3Client, lake: TestLake): Promise<void> {
  s3.destroy();
  await lake.close();
}
