import {
  DeleteObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type S3Bench, startS3Bench } from './testing.ts';

let bench: S3Bench;
beforeAll(async () => {
  bench = await startS3Bench();
});
afterAll(() => bench.close());

const fill = async (keys: string[], options = {}): Promise<string> => {
  const Bucket = await bench.bucket(options);
  await Promise.all(keys.map((Key) => bench.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))));
  return Bucket;
};

/** Every key and common prefix, in the order and the pages in which they come. */
async function pages(input: ListObjectsV2CommandInput): Promise<string[][]> {
  const all: string[][] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await bench.s3.send(new ListObjectsV2Command({ ...input, ContinuationToken }));
    const keys = page.Contents?.map(({ Key = '' }) => Key) ?? [];
    const prefixes = page.CommonPrefixes?.map(({ Prefix = '' }) => Prefix) ?? [];
    expect(page.KeyCount).toBe(keys.length + prefixes.length);
    all.push([...keys, ...prefixes]);
    ContinuationToken = page.NextContinuationToken;
    expect(page.IsTruncated).toBe(ContinuationToken !== undefined);
  } while (ContinuationToken);
  return all;
}

describe('rejects', () => {
  test('what it cannot read', async () => {
    const Bucket = await bench.bucket();
    const list = (more: object) => bench.s3.send(new ListObjectsV2Command({ Bucket, ...more }));
    await expect(list({ MaxKeys: -1 })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(list({ ContinuationToken: 'made up' })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(list({ EncodingType: 'base64' })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(bench.s3.send(new ListObjectVersionsCommand({ Bucket, VersionIdMarker: 'x' }))).rejects.toMatchObject({
      name: 'InvalidArgument',
    });
    await expect(bench.s3.send(new ListObjectsV2Command({ Bucket: 'no-such-bucket' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });
});

describe('a listing', () => {
  test('is in the order of the keys’ UTF-8 bytes', async () => {
    const keys = ['a', 'a\u0001', 'a ', 'a/', 'aa', 'b', 'z', 'é', '\uffee', '\u{1F40B}'];
    const Bucket = await fill(keys.toReversed());
    expect(await pages({ Bucket, MaxKeys: 3 })).toEqual([
      keys.slice(0, 3),
      keys.slice(3, 6),
      keys.slice(6, 9),
      keys.slice(9),
    ]);
  });

  test('rolls keys up to the delimiter, page by page, however many lie under one prefix', async () => {
    const keys = Array.from({ length: 30 }, (_, i) => `p/dt=${i % 5}/f${i}`);
    const Bucket = await fill([...keys, 'p/', 'p/readme', 'q/other', 'p/dt=0']);
    expect(await pages({ Bucket, Prefix: 'p/', Delimiter: '/' })).toEqual([
      ['p/', 'p/dt=0', 'p/readme', 'p/dt=0/', 'p/dt=1/', 'p/dt=2/', 'p/dt=3/', 'p/dt=4/'],
    ]);
    const inTwos = await pages({ Bucket, Prefix: 'p/', Delimiter: '/', MaxKeys: 2 });
    expect(inTwos).toEqual([
      ['p/', 'p/dt=0'],
      ['p/dt=0/', 'p/dt=1/'],
      ['p/dt=2/', 'p/dt=3/'],
      ['p/readme', 'p/dt=4/'],
    ]);
    expect(await pages({ Bucket, Delimiter: '=' })).toEqual([['p/', 'p/readme', 'q/other', 'p/dt=']]);
  });

  test('begins behind a key, and holds nothing when nothing is asked for', async () => {
    const Bucket = await fill(['a', 'b', 'c/1', 'c/2']);
    expect(await pages({ Bucket, StartAfter: 'b' })).toEqual([['c/1', 'c/2']]);
    expect(await pages({ Bucket, StartAfter: 'aa' })).toEqual([['b', 'c/1', 'c/2']]);
    expect(await pages({ Bucket, Prefix: 'c', StartAfter: 'a' })).toEqual([['c/1', 'c/2']]);
    expect(await pages({ Bucket, StartAfter: 'zz' })).toEqual([[]]);
    expect(await pages({ Bucket, MaxKeys: 0 })).toEqual([[]]);
  });

  test('passes over deleted keys and old versions', async () => {
    const Bucket = await fill(['a', 'b', 'c'], { versioned: true });
    for (let i = 0; i < 20; i++) await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'b', Body: `${i}` }));
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    expect(await pages({ Bucket, MaxKeys: 1 })).toEqual([['b'], ['c']]);
  });

  test('encodes keys where a client asks for it', async () => {
    const Bucket = await fill(['a b/ü+(1)*~.txt']);
    const listed = await bench.s3.send(new ListObjectsV2Command({ Bucket, EncodingType: 'url', Prefix: 'a b/' }));
    expect(listed).toMatchObject({ EncodingType: 'url', Prefix: 'a+b/' });
    expect(listed.Contents?.[0]?.Key).toBe('a+b/%C3%BC%2B%281%29*%7E.txt');
  });

  test('of the first kind goes on from a marker', async () => {
    const Bucket = await fill(['a/1', 'a/2', 'b', 'c/1']);
    const first = await bench.s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 1 }));
    expect(first).toMatchObject({ NextMarker: 'a/', IsTruncated: true, CommonPrefixes: [{ Prefix: 'a/' }] });
    const second = await bench.s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: first.NextMarker }));
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['b']);
    expect(second.CommonPrefixes).toEqual([{ Prefix: 'c/' }]);
  });

  test('of versions goes on in the middle of a key', async () => {
    const Bucket = await bench.bucket({ versioned: true });
    const written: string[] = [];
    for (const Key of ['a', 'b', 'b', 'b', 'c']) {
      const { VersionId = '' } = await bench.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
      written.push(`${Key} ${VersionId}`);
    }
    const [a, b1, b2, b3, c] = written;
    const found: string[] = [];
    let markers: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (markers) {
      const page: ListObjectVersionsCommandOutput = await bench.s3.send(
        new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...markers }),
      );
      found.push(...(page.Versions?.map(({ Key, VersionId }) => `${Key} ${VersionId}`) ?? []));
      const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
      markers = page.IsTruncated ? { KeyMarker, VersionIdMarker } : undefined;
    }
    expect(found).toEqual([a, b3, b2, b1, c]);
  });
});
