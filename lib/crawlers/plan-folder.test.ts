import { CreateDatabaseCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateBucketCommand, HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import { planFolder } from './plan-folder';

vi.mock('@/lib/aws/lake', () => ({ getLake: async () => ({ database: 'retail', processedBucket: 'zone' }) }));

/** More than are read at once. */
const FILES = 12;
const READ_AT_ONCE = 8;
const body = 'id,amount\n1,1.5\n2,2.5\n';
let lake: TestLake;
let ctx: Context;
let asked = 0;
/** Holds every answer of S3 with a file's bytes back. */
let gate = Promise.withResolvers<void>();

beforeAll(async () => {
  lake = await startTestLake({ services: ['s3', 'glue'] });
  const glue = new GlueClient(lake.clientConfig);
  const s3 = new S3Client(lake.clientConfig);
  s3.middlewareStack.add((next, { commandName }) => async (args) => {
    if (commandName === 'GetObjectCommand') {
      asked++;
      await gate.promise;
    }
    return next(args);
  });
  const aws = { glue, s3 } as Context['aws'];
  ctx = { user: { id: 'u', email: 'v@example.com', name: 'V' }, role: 'viewer', aws, requestId: 'r' };
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'retail' } }));
  await s3.send(new CreateBucketCommand({ Bucket: 'zone' }));
  const keys = Array.from({ length: FILES }, (_, index) => `in/day=${index}/a.csv`);
  await Promise.all(keys.map((Key) => s3.send(new PutObjectCommand({ Bucket: 'zone', Key, Body: body }))));
});
afterAll(async () => {
  ctx.aws.glue.destroy();
  ctx.aws.s3.destroy();
  await lake.close();
});

test('a dry run says how far it is, and then what it would make', async () => {
  gate = Promise.withResolvers();
  const steps = planFolder(ctx, { prefix: 'in' });
  const { value: first } = await steps.next();
  expect(first).toEqual({
    progress: {
      files: 0,
      toRead: FILES,
      found: FILES,
      readBytes: 0,
      current: expect.stringMatching(/^s3:\/\/zone\/in\/day=\d+\/a\.csv$/),
    },
  });
  gate.resolve();
  let last = first;
  for await (const step of steps) last = step;
  expect(last).toMatchObject({
    plan: {
      changes: [
        { table: { name: 'in', files: { count: FILES, read: FILES, rows: 2 * FILES } }, partitionCount: FILES },
      ],
    },
  });
});

test('a dry run that nobody listens to any more reads no further file', async () => {
  gate = Promise.withResolvers();
  asked = 0;
  const steps = planFolder(ctx, { prefix: 'in' });
  expect(await steps.next()).toMatchObject({ value: { progress: { files: 0 } } });
  await steps.return(undefined);
  gate.resolve();
  // Time enough for the files under way to have been read, and the next ones to have been asked for.
  for (let turn = 0; turn < READ_AT_ONCE; turn++) await ctx.aws.s3.send(new HeadBucketCommand({ Bucket: 'zone' }));
  expect(asked).toBe(READ_AT_ONCE);
  expect(await steps.next()).toEqual({ value: undefined, done: true });
});

test('a dry run of what is not there is refused before anything is read', async () => {
  asked = 0;
  await expect(planFolder(ctx, { crawler: 'nowhere' }).next()).rejects.toMatchObject({
    name: expect.stringMatching(/EntityNotFound/),
  });
  await expect(planFolder({ ...ctx, role: 'nobody' as Context['role'] }, { prefix: 'in' }).next()).rejects.toThrow();
  expect(asked).toBe(0);
});
