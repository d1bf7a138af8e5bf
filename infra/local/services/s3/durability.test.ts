import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_REGION } from '../../testing/test-lake.ts';
import { blobFiles, startS3Bench } from './testing.ts';

const ROUNDS = 5;
const PART_BYTES = 5 << 20;
let dataFolder: string;
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'lacustre-s3-crash-'));
});
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

/** What a client was told, and must find again. */
interface Acknowledged {
  objects: Map<string, string>;
  deleted: Set<string>;
  parts: { Key: string; UploadId: string; PartNumber: number; ETag: string }[];
}

async function startChild(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'crash-child.ts'), dataFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = await once(createInterface(child.stdout), 'line');
  return { child, url: String(url) };
}

const clientOf = (endpoint: string): S3Client =>
  new S3Client({
    endpoint,
    region: TEST_REGION,
    credentials: { accessKeyId: 'AKIATESTROOT', secretAccessKey: 'test-root-secret' },
    forcePathStyle: true,
    maxAttempts: 1,
  });

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

/** Writes, deletes and uploads until the lake is gone. */
async function work(s3: S3Client, Bucket: string, round: string, seen: Acknowledged): Promise<void> {
  for (let i = 0; ; i++) {
    const Key = `${round}/${i}`;
    const Body = randomBytes(1 + ((i * 7919) % 200_000));
    await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
    seen.objects.set(Key, md5(Body));
    if (i % 4 === 3) {
      // It may be gone or not while nobody has heard of it.
      seen.objects.delete(Key);
      await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      seen.deleted.add(Key);
    }
    if (i % 5 === 4) await upload(s3, Bucket, `${Key}/parts`, seen);
  }
}

async function upload(s3: S3Client, Bucket: string, Key: string, seen: Acknowledged): Promise<void> {
  const { UploadId = '' } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const bodies = [randomBytes(PART_BYTES), randomBytes(10)];
  for (const [i, Body] of bodies.entries()) {
    const part = { Key, UploadId, PartNumber: i + 1 };
    const { ETag = '' } = await s3.send(new UploadPartCommand({ Bucket, ...part, Body }));
    seen.parts.push({ ...part, ETag });
  }
  const Parts = seen.parts.filter((part) => part.UploadId === UploadId);
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
  seen.objects.set(Key, md5(Buffer.concat(bodies)));
}

async function check(s3: S3Client, Bucket: string, seen: Acknowledged): Promise<void> {
  for (const [Key, expected] of seen.objects) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect({ Key, md5: md5((await Body?.transformToByteArray()) ?? new Uint8Array()) }).toEqual({ Key, md5: expected });
  }
  for (const Key of seen.deleted) {
    await expect(s3.send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: 'NoSuchKey' });
  }
}

/** Uploads that the kill interrupted go on where they were: their parts are there, or the object is. */
async function finishUploads(s3: S3Client, Bucket: string, seen: Acknowledged): Promise<number> {
  let resumed = 0;
  for (const UploadId of new Set(seen.parts.map((part) => part.UploadId))) {
    const Parts = seen.parts.filter((part) => part.UploadId === UploadId);
    const [{ Key } = { Key: '' }] = Parts;
    if (seen.objects.has(Key)) continue;
    const listed = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId })).catch((error: Error) => error);
    if (listed instanceof Error) {
      expect(listed.name).toBe('NoSuchUpload');
    } else {
      expect(listed.Parts?.map(({ ETag }) => ETag)).toEqual(expect.arrayContaining(Parts.map(({ ETag }) => ETag)));
      resumed++;
    }
    await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
    seen.parts = seen.parts.filter((part) => part.UploadId !== UploadId);
  }
  return resumed;
}

test('nothing that was acknowledged is lost when the lake is killed in the middle of its work', async () => {
  const setup = await startS3Bench({ dataFolder });
  const Bucket = await setup.bucket({ versioned: true });
  await setup.close();
  const seen: Acknowledged = { objects: new Map(), deleted: new Set(), parts: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const { child, url } = await startChild();
    const s3 = clientOf(url);
    await check(s3, Bucket, seen);
    await finishUploads(s3, Bucket, seen);
    const workers = [1, 2, 3, 4].map((worker) => work(s3, Bucket, `${round}-${worker}`, seen));
    await sleep(300 + round * 137);
    child.kill('SIGKILL');
    await Promise.allSettled(workers);
    await once(child, 'exit');
    s3.destroy();
  }
  const after = await startS3Bench({ dataFolder });
  await check(after.s3, Bucket, seen);
  await finishUploads(after.s3, Bucket, seen);
  expect(seen.objects.size).toBeGreaterThan(ROUNDS);
  await after.close();
}, 120_000);

test('what a kill left half done is swept at the next start', async () => {
  const { child, url } = await startChild();
  const s3 = clientOf(url);
  const Bucket = 'bucket-1';
  const Body = Buffer.alloc(64 << 20);
  const count = async () => (await blobFiles(`${dataFolder}/s3`)).length;
  const before = await settled(count);
  const puts = [1, 2, 3].map((i) => s3.send(new PutObjectCommand({ Bucket, Key: `half ${i}`, Body })));
  for (let i = 0; i < 2_000 && (await count()) <= before; i++) await sleep(5);
  child.kill('SIGKILL');
  await Promise.allSettled(puts);
  expect(await count()).toBeGreaterThan(before);
  const again = await startS3Bench({ dataFolder });
  for (let i = 0; i < 100 && (await count()) > before; i++) await sleep(20);
  expect(await count()).toBe(before);
  await again.close();
  s3.destroy();
}, 60_000);

/** The count once it no longer changes: the sweep of an earlier kill may still be going on. */
async function settled(count: () => Promise<number>): Promise<number> {
  for (let last = await count(); ; ) {
    await sleep(200);
    const next = await count();
    if (next === last) return next;
    last = next;
  }
}
