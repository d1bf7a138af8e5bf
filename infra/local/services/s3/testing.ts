import { statSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  type CreateBucketCommandInput,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { startTestLake, type TestLake, type TestLakeOptions } from '../../testing/test-lake.ts';

export interface S3Bench {
  lake: TestLake;
  s3: S3Client;
  /** Where S3 keeps its files. */
  folder: string;
  /** A new bucket of its own; its name. */
  bucket(options?: { versioned?: boolean; events?: boolean }): Promise<string>;
  close(): Promise<void>;
}

/** A lake with S3 alone and AWS's own client of it, which tries once and so shows every error. */
export async function startS3Bench(options: TestLakeOptions = {}): Promise<S3Bench> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'lacustre-s3-')));
  const lake = await startTestLake({ services: ['s3'], ...options, dataFolder });
  const s3 = new S3Client({ ...lake.clientConfig, maxAttempts: 1 });
  let buckets = 0;
  return {
    lake,
    s3,
    folder: join(dataFolder, 's3'),
    async bucket({ versioned = false, events = false } = {}) {
      const Bucket = `bucket-${++buckets}`;
      const input: CreateBucketCommandInput = { Bucket };
      await s3.send(new CreateBucketCommand(input));
      if (versioned) {
        await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
      }
      if (events) {
        const NotificationConfiguration = { EventBridgeConfiguration: {} };
        await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
      }
      return Bucket;
    },
    async close() {
      s3.destroy();
      await lake.close();
      if (!options.dataFolder) await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The blob files that hold something; empty ones lie ready for writes to come. */
export async function blobFiles(folder: string): Promise<string[]> {
  const names = await readdir(`${folder}/blobs`, { recursive: true });
  return names.filter((name) => {
    const found = statSync(`${folder}/blobs/${name}`, { throwIfNoEntry: false });
    return found?.isFile() && found.size > 0;
  });
}

/** Every file below S3's folder that holds something, or belongs to an upload that is not complete. */
export async function keptFiles(folder: string): Promise<string[]> {
  const blobs = (await blobFiles(folder)).map((name) => `blobs/${name}`);
  const uploads = (await readdir(`${folder}/uploads`, { recursive: true })).filter((name) => name.includes('/'));
  return [...blobs, ...uploads.map((name) => `uploads/${name}`)].toSorted();
}
