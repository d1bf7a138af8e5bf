/** What becomes of records when the lake is killed, when their bucket is closed, and when somebody touches the files. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { CloudTrailClient, GetTrailStatusCommand, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Digest } from '../../../../lib/languages/cloudtrail/digest.ts';
import { TrailLogFile } from '../../../../lib/languages/cloudtrail/record.ts';
import { startKillableLake } from '../../testing/killable-lake.ts';
import { startTestLake, TEST_ACCOUNT, TEST_REGION, type TestLake } from '../../testing/test-lake.ts';
import { deliverNow, startTrail, TRAIL_ARN, TRAIL_BUCKET, trailBucketPolicy } from './testing.ts';

const hasAws = spawnSync('aws', ['--version']).status === 0;
if (!hasAws) console.warn('the aws command line is not installed: it does not validate the trail here.');

let folder: string;
let lake: TestLake;
let s3: S3Client;
/** Moved, since two digests cannot end in the same second. */
let aheadMs = -400_000;

async function start(): Promise<void> {
  aheadMs += 5_000;
  lake = await startTestLake({
    services: ['s3', 'cloudtrail'],
    dataFolder: folder,
    clock: () => Date.now() + aheadMs,
  });
  s3 = new S3Client(lake.clientConfig);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacustre-trail-'));
  await start();
  await startTrail(lake);
});
afterAll(async () => {
  await lake.close();
  await rm(folder, { recursive: true, force: true });
});

const put = (Key: string, client = s3) => client.send(new PutObjectCommand({ Bucket: 'data', Key, Body: 'text' }));

async function deliver(): Promise<void> {
  aheadMs += 2_000;
  await deliverNow(lake);
}

async function filesUnder(kind: string): Promise<{ key: string; content: unknown }[]> {
  const Prefix = `AWSLogs/${TEST_ACCOUNT}/${kind}/`;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: TRAIL_BUCKET, Prefix }));
  return Promise.all(
    Contents.map(async ({ Key = '' }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: TRAIL_BUCKET, Key }));
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
      return { key: Key, content: JSON.parse(gunzipSync(bytes).toString()) };
    }),
  );
}

/** How often each key was put, as the trail has it. */
async function putsInTrail(): Promise<Map<unknown, number>> {
  const counts = new Map<unknown, number>();
  for (const { content } of await filesUnder('CloudTrail')) {
    for (const { eventName, requestParameters } of TrailLogFile.parse(content).Records) {
      if (eventName !== 'PutObject') continue;
      counts.set(requestParameters?.key, (counts.get(requestParameters?.key) ?? 0) + 1);
    }
  }
  return counts;
}

it('keeps records over a kill and a stop, each once, and the chain of digests whole', {
  timeout: 120_000,
}, async () => {
  await put('delivered');
  await deliver();
  await put('stopped');
  await lake.close();
  const killable = await startKillableLake({ services: ['s3', 'cloudtrail'], dataFolder: folder });
  const other = new S3Client({ ...killable.clientConfig, maxAttempts: 1 });
  await put('kept', other);
  // The lake has written down all that came before it answers this.
  await new CloudTrailClient(killable.clientConfig).send(new LookupEventsCommand({}));
  const racing = Array.from({ length: 50 }, (_, index) => put(`racing/${index}`, other).catch(() => undefined));
  await racing[10];
  await killable.kill();
  await Promise.all(racing);
  // The lake that was killed had the machine's own clock.
  aheadMs = 0;
  await start();
  await deliver();
  const counts = await putsInTrail();
  for (const key of ['delivered', 'stopped', 'kept']) expect(counts.get(key), key).toBe(1);
  expect([...counts.values()].filter((count) => count > 1)).toEqual([]);
  const digests = (await filesUnder('CloudTrail-Digest')).map(({ content }) => Digest.parse(content));
  expect(digests.length).toBeGreaterThanOrEqual(2);
  for (const [index, digest] of digests.entries()) {
    expect(digest.previousDigestS3Object).toBe(digests[index - 1]?.digestS3Object ?? null);
  }
});

it('fails no request while the bucket is closed, says so, and delivers once it is open again', async () => {
  const cloudTrail = new CloudTrailClient(lake.clientConfig);
  const status = () => cloudTrail.send(new GetTrailStatusCommand({ Name: 'lacustre' }));
  await s3.send(new DeleteBucketPolicyCommand({ Bucket: TRAIL_BUCKET }));
  await put('while closed');
  await expect(deliver()).rejects.toThrow();
  await put('while closed, too');
  expect(await status()).toMatchObject({ IsLogging: true, LatestDeliveryError: 'AccessDenied' });
  await s3.send(
    new PutBucketPolicyCommand({ Bucket: TRAIL_BUCKET, Policy: trailBucketPolicy(TRAIL_BUCKET, TRAIL_ARN) }),
  );
  await deliver();
  expect((await status()).LatestDeliveryError).toBeUndefined();
  const counts = await putsInTrail();
  expect([counts.get('while closed'), counts.get('while closed, too')]).toEqual([1, 1]);
});

it('chains an empty digest where nothing happened', async () => {
  await deliver();
  await deliver();
  const newest = (await filesUnder('CloudTrail-Digest')).map(({ content }) => Digest.parse(content)).at(-1);
  expect(newest).toMatchObject({ logFiles: [], newestEventTime: null, oldestEventTime: null });
  expect(newest?.previousDigestSignature).toMatch(/^[0-9a-f]{512}$/);
});

describe.skipIf(!hasAws)('aws cloudtrail validate-logs', () => {
  /** What it says, also where it finds something and so fails. */
  async function validate(): Promise<string> {
    const { accessKeyId, secretAccessKey } = lake.clientConfig.credentials;
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL: lake.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_DEFAULT_REGION: TEST_REGION,
    };
    const since = new Date(Date.now() - 3_600_000).toISOString();
    const args = ['cloudtrail', 'validate-logs', '--trail-arn', TRAIL_ARN, '--start-time', since, '--verbose'];
    const run = promisify(execFile)('aws', [...args, '--endpoint-url', lake.url], { env, timeout: 60_000 });
    const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
    return stdout + stderr;
  }

  it('finds every digest and every log file valid, and a log file that was deleted', { timeout: 120_000 }, async () => {
    const said = await validate();
    const digests = await filesUnder('CloudTrail-Digest');
    const logs = await filesUnder('CloudTrail');
    expect(said).toContain(`${digests.length}/${digests.length} digest files valid`);
    expect(said).toContain(`${logs.length}/${logs.length} log files valid`);
    await s3.send(new DeleteObjectCommand({ Bucket: TRAIL_BUCKET, Key: logs[0]?.key }));
    expect(await validate()).toMatch(/INVALID: not found/);
  });
});
