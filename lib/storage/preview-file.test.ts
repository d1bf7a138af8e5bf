import { readFileSync } from 'node:fs';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import { previewFile } from './preview-file';

const rawBucket = 'test-raw';
vi.mock('@/lib/aws/lake', () => ({ getLake: async () => ({ rawBucket: 'test-raw' }) }));

const parquet = readFileSync(`${import.meta.dirname}/../languages/contract/fixtures/types.parquet`);
let lake: TestLake;
let s3: S3Client;
let ctx: Context;

beforeAll(async () => {
  lake = await startTestLake({ services: ['s3'] });
  s3 = new S3Client(lake.clientConfig);
  ctx = { role: 'analyst', aws: { s3 } as Context['aws'] } as Context;
  await s3.send(new CreateBucketCommand({ Bucket: rawBucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket: rawBucket, VersioningConfiguration: { Status: 'Enabled' } }));
});
afterAll(async () => {
  s3.destroy();
  await lake.close();
});

async function put(key: string, body: string | Uint8Array, contentType?: string): Promise<string> {
  const put = new PutObjectCommand({ Bucket: rawBucket, Key: key, Body: body, ContentType: contentType });
  return (await s3.send(put)).VersionId ?? '';
}

const preview = (key: string, versionId?: string) =>
  previewFile(ctx, { zone: 'raw', key, ...(versionId ? { versionId } : {}) });

test('Parquet has its columns, its number of rows and its values as text', async () => {
  await put('t/types.parquet', parquet);
  const { content, mediaType } = await preview('t/types.parquet');
  expect(mediaType).toBe('application/vnd.apache.parquet');
  if (content.kind !== 'parquet') throw new Error(content.kind);
  expect(content.rowCount).toBe(content.rows.length);
  expect(content.unreadable).toBeUndefined();
  const first = Object.fromEntries(
    content.columns.map(({ name, type }, index) => [name, [type, content.rows[0]?.[index]]]),
  );
  expect(first).toMatchInlineSnapshot(`
    {
      "Sale ID": [
        "bigint",
        "1",
      ],
      "at": [
        "timestamp",
        "2024-01-01 10:00:00",
      ],
      "big": [
        "double",
        "18446744073709552000",
      ],
      "city": [
        "string",
        "x",
      ],
      "clock": [
        "string",
        "10:00:00",
      ],
      "day": [
        "date",
        "2024-01-01",
      ],
      "nested": [
        "string",
        "{"a":1}",
      ],
      "note": [
        "bigint",
        null,
      ],
      "ok": [
        "boolean",
        "true",
      ],
      "price": [
        "decimal(9,2)",
        "12.50",
      ],
      "ratio": [
        "double",
        "1.5",
      ],
      "tags": [
        "string",
        "[1,2]",
      ],
      "tiny": [
        "bigint",
        "3",
      ],
      "tz": [
        "timestamp",
        "2024-01-01 10:00:00",
      ],
    }
  `);
});

test('Parquet that was cut is told to be damaged', async () => {
  await put('t/cut.parquet', parquet.subarray(0, parquet.length - 20));
  expect((await preview('t/cut.parquet')).content).toMatchObject({
    kind: 'none',
    problems: [{ code: 'parquet-damaged' }],
  });
});

test('a large file is read in its first part only', async () => {
  await put('t/large.csv', `a,b\n${'1,2\n'.repeat(2_000_000)}`);
  const sent = vi.spyOn(s3, 'send');
  const { content } = await preview('t/large.csv');
  expect(content).toMatchObject({ kind: 'table', isPart: true });
  const ranges = sent.mock.calls.map(([command]) => (command.input as { Range?: string }).Range).filter(Boolean);
  sent.mockRestore();
  expect(ranges).toEqual(['bytes=0-262143']);
});

test('a version is shown as it was, also of a file that is deleted', async () => {
  const first = await put('t/v.txt', 'first');
  await put('t/v.txt', 'second');
  await s3.send(new DeleteObjectCommand({ Bucket: rawBucket, Key: 't/v.txt' }));
  expect(await preview('t/v.txt', first)).toMatchObject({ versionId: first, content: { kind: 'text', text: 'first' } });
  await expect(preview('t/v.txt')).rejects.toMatchObject({ name: 'NotFound' });
});

test('a picture comes as what its bytes are, whatever it was said to be', async () => {
  await put('t/x', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'text/html');
  const { content } = await preview('t/x');
  if (content.kind !== 'image') throw new Error(content.kind);
  const { headers } = await fetch(content.url);
  expect(headers.get('content-type')).toBe('image/png');
  expect(headers.get('content-disposition')).toBe('inline');
});

test('no bytes are shown to who may not download them', async () => {
  await expect(previewFile({ ...ctx, role: 'viewer' }, { zone: 'raw', key: 't/x' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});
