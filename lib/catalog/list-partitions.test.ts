import {
  BatchCreatePartitionCommand,
  CreateDatabaseCommand,
  CreateTableCommand,
  GlueClient,
} from '@aws-sdk/client-glue';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import { countPartitions, listPartitions } from './list-partitions';

vi.mock('@/lib/aws/lake', () => ({ getLake: async () => ({ database: 'retail' }) }));

const COUNT = 1234;
const counted: Record<number, Record<string, string>> = {
  2: { recordCount: '7', objectCount: '3', sizeKey: '90' },
  3: { recordCount: '-1' },
};
let lake: TestLake;
let ctx: Context;

beforeAll(async () => {
  lake = await startTestLake({ services: ['s3', 'glue'] });
  const glue = new GlueClient(lake.clientConfig);
  const s3 = new S3Client(lake.clientConfig);
  ctx = {
    user: { id: 'u', email: 'v@example.com', name: 'V' },
    role: 'viewer',
    aws: { glue, s3 } as Context['aws'],
    requestId: 'r',
  };
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'retail' } }));
  const PartitionKeys = ['day', 'store'].map((Name) => ({ Name, Type: Name === 'day' ? 'string' : 'int' }));
  await glue.send(new CreateTableCommand({ DatabaseName: 'retail', TableInput: { Name: 'visits', PartitionKeys } }));
  const partitions = Array.from({ length: COUNT }, (_, index) => ({
    Values: [`2026-${String(Math.floor(index / 100) + 1).padStart(2, '0')}`, String(index)],
    StorageDescriptor: { Location: index === 1 ? 's3://elsewhere/1/' : `s3://zone/visits/${index}` },
    ...(counted[index] ? { Parameters: counted[index] } : {}),
  }));
  for (let from = 0; from < COUNT; from += 100) {
    const PartitionInputList = partitions.slice(from, from + 100);
    await glue.send(
      new BatchCreatePartitionCommand({ DatabaseName: 'retail', TableName: 'visits', PartitionInputList }),
    );
  }
  await s3.send(new CreateBucketCommand({ Bucket: 'zone' }));
  const objects = {
    'visits/0/a.parquet': 'four',
    'visits/0/b.parquet': 'more',
    'visits/0/': '',
    'visits/01/c.parquet': 'x',
  };
  for (const [Key, Body] of Object.entries(objects))
    await s3.send(new PutObjectCommand({ Bucket: 'zone', Key, Body: Buffer.from(Body) }));
});
afterAll(async () => {
  ctx.aws.glue.destroy();
  ctx.aws.s3.destroy();
  await lake.close();
});

test('lists fifty at a time, with what is in each where that is known', async () => {
  const first = await listPartitions(ctx, { table: 'visits' });
  expect(first.partitions).toHaveLength(50);
  const of = (store: string) => first.partitions.find(({ values }) => values[1] === store);
  // Two files of four bytes: neither the folder's own object nor a neighbour with a longer name.
  expect(of('0')).toMatchObject({ values: ['2026-01', '0'], files: 2, sizeBytes: 8, location: 's3://zone/visits/0' });
  expect(of('1')).not.toHaveProperty('files');
  expect((await listPartitions(ctx, { table: 'visits', where: 'store = 2' })).partitions[0]).toMatchObject({
    rows: 7,
    files: 3,
    sizeBytes: 90,
  });
  expect((await listPartitions(ctx, { table: 'visits', where: 'store = 3' })).partitions[0]).not.toHaveProperty('rows');
  const second = await listPartitions(ctx, { table: 'visits', after: first.nextToken });
  expect(second.partitions).toHaveLength(50);
  expect(second.partitions[0]?.values).not.toEqual(first.partitions[0]?.values);
});

test('counts more than Glue gives at once, of all and of a filter', async () => {
  expect(await countPartitions(ctx, { table: 'visits' })).toEqual({ count: COUNT, isCut: false });
  expect(await countPartitions(ctx, { table: 'visits', where: "day = '2026-02' AND store < 150" })).toEqual({
    count: 50,
    isCut: false,
  });
});

test('says what Glue says of a filter that is none', async () => {
  await expect(listPartitions(ctx, { table: 'visits', where: 'moon = 1' })).rejects.toThrow(
    /Invalid partition expression/,
  );
});
