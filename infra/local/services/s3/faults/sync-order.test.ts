/** In which order the lake makes a write safe: bytes, then their name, then the commit, and only then the answer. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Step } from '../../../testing/faulty-disk.ts';
import { FaultyLake } from './faulty-lake.ts';

const Bucket = 'order';
const PART = Buffer.alloc(5 << 20, 'part');

let home: string;
let lake: FaultyLake;
let s3: S3Client;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lacustre-s3-order-'));
  lake = FaultyLake.spawn(`${home}/modules`);
  const client = await lake.start(`${home}/data`, {});
  if (!client) throw new Error('the lake did not start');
  s3 = client;
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  s3.destroy();
  await lake.kill();
  await rm(home, { recursive: true, force: true });
});

/** What the disk was asked for between the sending of a request and its answer. */
async function during(work: () => Promise<unknown>): Promise<Step[]> {
  const { journal: before } = await lake.journal();
  await work();
  return (await lake.journal()).journal.slice(before.length);
}

/** Where in the journal a step is, the first or the last of its kind. */
function at(steps: Step[], kind: Step['kind'], phase: Step['phase'], path?: string): number {
  const found = steps.findLastIndex((s) => s.kind === kind && s.phase === phase && (!path || s.path === path));
  expect(found, `${phase} ${kind} ${path ?? ''} in ${JSON.stringify(steps)}`).toBeGreaterThanOrEqual(0);
  return found;
}

/** Bytes of `file` and its name are synced before the one commit begins, which is done before the answer. */
function expectSafe(steps: Step[], file: string): void {
  const order = [
    at(steps, 'write', 'done', file),
    at(steps, 'sync', 'begun', file),
    at(steps, 'sync', 'done', file),
    at(steps, 'commit', 'begun'),
    at(steps, 'commit', 'done'),
  ];
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(steps.filter(({ kind, phase }) => kind === 'commit' && phase === 'begun')).toHaveLength(1);
}

function expectNameSafe(steps: Step[], file: string, made: 'create' | 'link'): void {
  const order = [
    at(steps, made, 'done', file),
    at(steps, 'sync', 'begun', dirname(file)),
    at(steps, 'sync', 'done', dirname(file)),
    at(steps, 'commit', 'begun'),
  ];
  expect(order).toEqual(order.toSorted((a, b) => a - b));
}

const pathOf = (steps: Step[], kind: Step['kind']) => steps.find((step) => step.kind === kind)?.path ?? '';

test('an object: its bytes, its name, the commit, the answer', async () => {
  const Body = Buffer.alloc(3_000_000);
  const steps = await during(() => s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body })));
  const file = pathOf(steps, 'write');
  expectSafe(steps, file);
  // The file was made ahead of the request, together with others: its name is older than its bytes.
  const { journal } = await lake.journal();
  expectNameSafe(journal.slice(0, lastOf(journal, 'write', file) + 1).concat(steps.slice(-2)), file, 'create');
});

test('a small object: nothing but the commit that it is in, then the answer', async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'small', Body: '' }));
  const steps = await during(() => s3.send(new PutObjectCommand({ Bucket, Key: 'small', Body: Buffer.alloc(10) })));
  expect(steps.map(({ kind, phase }) => `${kind} ${phase}`)).toEqual(['commit begun', 'commit done']);
});

const lastOf = (steps: Step[], kind: Step['kind'], path: string) =>
  steps.findLastIndex((step) => step.kind === kind && step.path === path);

test('a part and the object that is made of it', async () => {
  const upload = { Bucket, Key: 'parts' };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(upload));
  let ETag: string | undefined;
  const sendPart = async (Body: Buffer) => {
    ({ ETag } = await s3.send(new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body })));
  };
  const first = await during(() => sendPart(PART));
  expectSafe(first, pathOf(first, 'write'));
  const again = await during(() => sendPart(PART.subarray(1)));
  expectSafe(again, pathOf(again, 'create'));
  expectNameSafe(again, pathOf(again, 'create'), 'create');
  const complete = { ...upload, UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } };
  const steps = await during(() => s3.send(new CompleteMultipartUploadCommand(complete)));
  expectNameSafe(steps, pathOf(steps, 'link'), 'link');
  // The upload's own files go once the object is there, not before.
  expect(at(steps, 'remove', 'begun')).toBeGreaterThan(at(steps, 'commit', 'done'));
});
