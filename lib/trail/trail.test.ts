import { gunzipSync, gzipSync } from 'node:zlib';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { deliverNow, startTrail, TRAIL_BUCKET } from '@/infra/local/services/cloudtrail/testing';
import { startTestLake, TEST_ACCOUNT, TEST_REGION, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import { getTrailStatus, listObservedCalls, listTrailRecords, verifyTrailFiles } from './index';

vi.mock('@/lib/aws/lake', () => ({
  getLake: async () => ({
    trailBucket: 'lacustre-trail',
    trailName: 'lacustre',
    stateMachineArn: 'arn:aws:states:eu-west-3:000000000000:stateMachine:lacustre-ingest',
  }),
}));

let lake: TestLake;
let s3: S3Client;
let ctx: Context;
/** Moved, so that deliveries lie minutes apart. */
let aheadMs = 0;
const clock = () => Date.now() + aheadMs;
const range = () => ({
  from: new Date(clock() - 3_600_000).toISOString(),
  to: new Date(clock() + 60_000).toISOString(),
});

beforeAll(async () => {
  // Signatures are good for a quarter of an hour around the lake's own time.
  aheadMs = -300_000;
  lake = await startTestLake({ services: ['s3', 'cloudtrail'], clock });
  s3 = new S3Client(lake.clientConfig);
  const aws = { s3, cloudTrail: new CloudTrailClient(lake.clientConfig) };
  ctx = { role: 'administrator', aws } as unknown as Context;
  await startTrail(lake);
  for (const [index, Key] of ['first', 'second', 'third'].entries()) {
    aheadMs = -300_000 + index * 70_000;
    await s3.send(new PutObjectCommand({ Bucket: 'data', Key, Body: Key }));
    await deliverNow(lake);
  }
  await s3.send(new GetObjectCommand({ Bucket: 'data', Key: 'nothing' })).catch(() => undefined);
  await deliverNow(lake);
});
afterAll(() => lake.close());

const keysOf = (records: { requestParameters?: Record<string, unknown> | null }[]) =>
  records.flatMap(({ requestParameters }) => requestParameters?.key ?? []);

it('is for administrators alone', async () => {
  const engineer = { ...ctx, role: 'engineer' as const };
  for (const verb of [
    () => listTrailRecords(engineer, range()),
    () => listObservedCalls(engineer, { days: 1 }),
    () => verifyTrailFiles(engineer, { days: 1 }),
    () => getTrailStatus(engineer),
  ]) {
    await expect(verb()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
});

it('lists records newest first, over all files', async () => {
  const { records, next } = await listTrailRecords(ctx, { ...range(), service: 's3', text: 'arn:aws:s3:::data/' });
  expect(keysOf(records)).toEqual(['nothing', 'third', 'second', 'first']);
  expect(next).toBeUndefined();
});

it.each([
  [{ outcome: 'failed' as const }, ['nothing']],
  [{ text: 'DATA/SECOND' }, ['second']],
  [{ person: 'Root', text: 'data/first' }, ['first']],
  [{ service: 'glue' }, []],
])('finds by %o', async (filter, keys) => {
  const { records } = await listTrailRecords(ctx, { ...range(), ...filter });
  expect(keysOf(records)).toEqual(keys);
});

it('goes on where a page ended, with each record once', async () => {
  const names = Array.from({ length: 230 }, (_, index) => `many/${index}`);
  await Promise.all(names.map((Key) => s3.send(new PutObjectCommand({ Bucket: 'data', Key, Body: 'x' }))));
  await deliverNow(lake);
  const asked = { ...range(), text: 'data/many/' };
  const first = await listTrailRecords(ctx, asked);
  expect(first.records).toHaveLength(200);
  const second = await listTrailRecords(ctx, { ...asked, after: first.next });
  expect(second.next).toBeUndefined();
  expect(keysOf([...first.records, ...second.records]).sort()).toEqual(names.sort());
});

it('refuses a place that no search has come to', async () => {
  await expect(listTrailRecords(ctx, { ...range(), after: 'nowhere' })).rejects.toMatchObject({ code: 'INVALID' });
});

it('tells how long calls are on their way', async () => {
  const status = await getTrailStatus(ctx);
  expect(status).toMatchObject({ trailName: 'lacustre', isLogging: true, deliveredAt: expect.any(String) });
  expect(status.delaySeconds).toBeGreaterThanOrEqual(1);
  expect(status.delaySeconds).toBeLessThanOrEqual(900);
});

it('verifies the files, and names what was changed and what was taken away', async () => {
  const progress = vi.fn();
  const whole = await verifyTrailFiles(ctx, { days: 1 }, progress);
  expect(whole).toMatchObject({ problems: [], gaps: [] });
  expect(whole.validDigests).toBeGreaterThanOrEqual(3);
  expect(progress).toHaveBeenLastCalledWith({ done: progress.mock.calls.length, total: progress.mock.calls.length });

  const Prefix = `AWSLogs/${TEST_ACCOUNT}/CloudTrail/${TEST_REGION}/`;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: TRAIL_BUCKET, Prefix }));
  const [deleted, changed] = Contents.map(({ Key }) => Key ?? '');
  await s3.send(new DeleteObjectCommand({ Bucket: TRAIL_BUCKET, Key: deleted }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: TRAIL_BUCKET, Key: changed }));
  const text = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString();
  const forged = gzipSync(text.replace('PutObject', 'GetObject'));
  await s3.send(new PutObjectCommand({ Bucket: TRAIL_BUCKET, Key: changed, Body: forged }));
  const { problems } = await verifyTrailFiles(ctx, { days: 1 });
  expect(problems.map(({ code, key }) => [code, key])).toEqual([
    ['logMissing', deleted],
    ['logChanged', changed],
  ]);
});
