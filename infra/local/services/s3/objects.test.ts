import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type S3Bench, startS3Bench } from './testing.ts';

let bench: S3Bench;
beforeAll(async () => {
  bench = await startS3Bench();
});
afterAll(() => bench.close());

const put = (Bucket: string, Key: string, Body: string | Buffer, more = {}) =>
  bench.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = async (Bucket: string, Key: string, more = {}) => {
  const answer = await bench.s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { ...answer, text: await answer.Body?.transformToString() };
};

test('small objects are whole for clients that ask for many before they read any', async () => {
  const Bucket = await bench.bucket();
  const bodies = Array.from({ length: 20 }, (_, n) => Buffer.alloc(60_000 + n, `${n} `));
  await Promise.all(bodies.map((body, n) => put(Bucket, `k${n}`, body)));
  const urls = await Promise.all(
    bodies.map((_, n) => getSignedUrl(bench.s3, new GetObjectCommand({ Bucket, Key: `k${n}` }))),
  );
  const { hostname, port, host } = new URL(urls[0] ?? '');
  const heads = urls.map((url) => `GET ${url.slice(url.indexOf('/', 8))} HTTP/1.1\r\nHost: ${host}\r\n\r\n`).join('');
  const readAll = async () => {
    const socket = connect(Number(port), hostname);
    // Ten times round: more than the system keeps for a client that does not read.
    socket.write(`${heads.repeat(10)}${heads.slice(0, heads.indexOf('\r\n\r\n'))}\r\nConnection: close\r\n\r\n`);
    await Promise.all(bodies.map((_, n) => get(Bucket, `k${n}`)));
    return bodiesIn(Buffer.concat(await socket.toArray()));
  };
  for (const found of await Promise.all([readAll(), readAll(), readAll()])) {
    expect(found).toHaveLength(10 * bodies.length + 1);
    expect(found.every((body, n) => body.equals(bodies[n % bodies.length] as Buffer))).toBe(true);
  }
});

/** The bodies of whole answers, one behind the other. */
function bodiesIn(answers: Buffer): Buffer[] {
  const bodies: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = answers.indexOf('\r\n\r\n', at);
    const length = Number(/content-length: (\d+)/i.exec(answers.toString('latin1', at, Math.max(at, end)))?.[1]);
    if (end < 0 || end + 4 + length > answers.length) return bodies;
    bodies.push(answers.subarray(end + 4, end + 4 + length));
    at = end + 4 + length;
  }
}

describe('rejects', () => {
  test('what is not there, by the name AWS has for it', async () => {
    const Bucket = await bench.bucket();
    await expect(get(Bucket, 'none')).rejects.toMatchObject({ name: 'NoSuchKey', Key: 'none' });
    await expect(get('no-such-bucket', 'k')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(bench.s3.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
      name: 'NotFound',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(get(Bucket, 'k', { VersionId: 'f'.repeat(32) })).rejects.toMatchObject({ name: 'NoSuchVersion' });
  });

  test('a body that is not what its digest says, and keeps nothing of it', async () => {
    const Bucket = await bench.bucket();
    const wrong = createHash('md5').update('other').digest('base64');
    await expect(put(Bucket, 'k', 'body', { ContentMD5: wrong })).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(put(Bucket, 'k', 'body', { ContentMD5: 'short' })).rejects.toMatchObject({ name: 'InvalidDigest' });
    await expect(put(Bucket, 'k', 'body', { ChecksumCRC32: 'AAAAAA==' })).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(put(Bucket, 'k', 'body', { ChecksumSHA256: 'nonsense' })).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
    await expect(get(Bucket, 'k')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('a key longer than 1,024 bytes, however few characters it has', async () => {
    const Bucket = await bench.bucket();
    await put(Bucket, 'é'.repeat(512), 'fits');
    await expect(put(Bucket, 'é'.repeat(513), 'x')).rejects.toMatchObject({ name: 'KeyTooLongError' });
  });

  test('metadata beyond 2 KB', async () => {
    const Bucket = await bench.bucket();
    const Metadata = { big: 'x'.repeat(2048) };
    await expect(put(Bucket, 'k', 'x', { Metadata })).rejects.toMatchObject({ name: 'MetadataTooLarge' });
  });

  test('a range behind the end', async () => {
    const Bucket = await bench.bucket();
    await put(Bucket, 'k', 'body');
    await expect(get(Bucket, 'k', { Range: 'bytes=4-9' })).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    });
  });

  test('what it does not have, with the name of the header', async () => {
    const Bucket = await bench.bucket();
    await expect(put(Bucket, 'k', 'x', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'key' })).rejects.toMatchObject({
      name: 'NotImplemented',
      $metadata: { httpStatusCode: 501 },
    });
    await expect(put(Bucket, 'k', 'x', { ACL: 'public-read' })).rejects.toMatchObject({
      name: 'AccessControlListNotSupported',
    });
  });

  test('a request without a signature', async () => {
    const Bucket = await bench.bucket();
    await put(Bucket, 'k', 'secret');
    const answer = await fetch(`${bench.lake.url}/${Bucket}/k`);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Code>AccessDenied</Code>');
  });
});

describe('objects', () => {
  test('come back as they were put, with their metadata, under any key', async () => {
    const Bucket = await bench.bucket();
    for (const Key of ['a b/ü+x.txt', 'a//b/', '%2F%20', '../../etc/passwd', 'q?a=1&b=\'"<>', '日本', '\u{1F40B}']) {
      await put(Bucket, Key, `body of ${Key}`, {
        Metadata: { note: 'x', 'Upper-Case': 'y' },
        ContentType: 'text/plain',
        CacheControl: 'no-cache',
        ContentDisposition: 'attachment',
      });
      expect(await get(Bucket, Key)).toMatchObject({
        text: `body of ${Key}`,
        Metadata: { note: 'x', 'upper-case': 'y' },
        ContentType: 'text/plain',
        CacheControl: 'no-cache',
        ContentDisposition: 'attachment',
        ETag: `"${createHash('md5').update(`body of ${Key}`).digest('hex')}"`,
      });
    }
  });

  test('may be empty', async () => {
    const Bucket = await bench.bucket();
    await put(Bucket, 'empty', '');
    expect(await get(Bucket, 'empty')).toMatchObject({ text: '', ContentLength: 0 });
    await expect(get(Bucket, 'empty', { Range: 'bytes=0-' })).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  test('are stored without the framing of a streamed body', async () => {
    const Bucket = await bench.bucket();
    const Body = Readable.from([Buffer.alloc(70_000, 65), Buffer.alloc(30_001, 66)]);
    await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'streamed', Body, ContentLength: 100_001 }));
    const found = await get(Bucket, 'streamed', { Range: 'bytes=69999-70000' });
    expect(found).toMatchObject({ text: 'AB', ContentRange: 'bytes 69999-70000/100001', ContentLength: 2 });
    expect((await get(Bucket, 'streamed')).text).toHaveLength(100_001);
    expect((await get(Bucket, 'streamed', { Range: 'bytes=-1' })).text).toBe('B');
    expect((await get(Bucket, 'streamed', { Range: 'bytes=100000-900000' })).text).toBe('B');
  });

  test.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)('keep a checksum by %s', async (algorithm) => {
    const Bucket = await bench.bucket();
    const written = await put(Bucket, 'k', 'abc', { ChecksumAlgorithm: algorithm });
    const head = await bench.s3.send(new HeadObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' }));
    const member = `Checksum${algorithm}` as const;
    expect(head[member]).toBeTruthy();
    expect(head[member]).toBe(written[member]);
    expect((await get(Bucket, 'k', { ChecksumMode: 'ENABLED' })).text).toBe('abc');
  });

  test('are read on conditions', async () => {
    const Bucket = await bench.bucket();
    const { ETag = '' } = await put(Bucket, 'k', 'body');
    const notModified = { $metadata: { httpStatusCode: 304 } };
    await expect(get(Bucket, 'k', { IfNoneMatch: ETag })).rejects.toMatchObject(notModified);
    await expect(get(Bucket, 'k', { IfModifiedSince: new Date() })).rejects.toMatchObject(notModified);
    await expect(get(Bucket, 'k', { IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(get(Bucket, 'k', { IfUnmodifiedSince: new Date(0) })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    expect((await get(Bucket, 'k', { IfMatch: ETag, IfUnmodifiedSince: new Date(0) })).text).toBe('body');
  });

  test('are put on conditions', async () => {
    const Bucket = await bench.bucket();
    const { ETag } = await put(Bucket, 'k', 'one', { IfNoneMatch: '*' });
    await expect(put(Bucket, 'k', 'two', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(put(Bucket, 'k', 'two', { IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(put(Bucket, 'other', 'two', { IfMatch: ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
    await put(Bucket, 'k', 'two', { IfMatch: ETag });
    expect((await get(Bucket, 'k')).text).toBe('two');
  });

  test('have one winner of eight that race to be first', async () => {
    const Bucket = await bench.bucket({ versioned: true });
    for (let round = 0; round < 5; round++) {
      const Key = `once-${round}`;
      const racers = Array.from({ length: 8 }, (_, i) => put(Bucket, Key, `racer ${i}`, { IfNoneMatch: '*' }));
      const results = await Promise.allSettled(racers);
      const winner = results.findIndex(({ status }) => status === 'fulfilled');
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await get(Bucket, Key)).text).toBe(`racer ${winner}`);
    }
  });

  test('have tags', async () => {
    const Bucket = await bench.bucket();
    const Key = 'k';
    await put(Bucket, Key, 'x', { Tagging: 'zone=raw&owner=me%20too' });
    expect(await get(Bucket, Key)).toMatchObject({ TagCount: 2 });
    const read = async () => (await bench.s3.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet;
    expect(await read()).toEqual([
      { Key: 'zone', Value: 'raw' },
      { Key: 'owner', Value: 'me too' },
    ]);
    const TagSet = [{ Key: 'only', Value: 'this' }];
    await bench.s3.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet } }));
    expect(await read()).toEqual(TagSet);
    await bench.s3.send(new DeleteObjectTaggingCommand({ Bucket, Key }));
    expect(await read()).toEqual([]);
  });

  test('tell their attributes', async () => {
    const Bucket = await bench.bucket();
    await put(Bucket, 'k', 'abc');
    const ObjectAttributes = ['ETag' as const, 'ObjectSize' as const, 'Checksum' as const];
    const found = await bench.s3.send(new GetObjectAttributesCommand({ Bucket, Key: 'k', ObjectAttributes }));
    expect(found).toMatchObject({ ObjectSize: 3, ETag: '900150983cd24fb0d6963f7d28e17f72' });
    expect(found.Checksum?.ChecksumType).toBe('FULL_OBJECT');
  });
});

describe('versions', () => {
  test('stay when their key is written over or deleted, and come back when the marker goes', async () => {
    const Bucket = await bench.bucket({ versioned: true });
    const Key = 'k';
    const { VersionId: first } = await put(Bucket, Key, 'one');
    await put(Bucket, Key, 'two');
    expect((await get(Bucket, Key, { VersionId: first })).text).toBe('one');
    const marker = await bench.s3.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(marker.DeleteMarker).toBe(true);
    await expect(get(Bucket, Key)).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(get(Bucket, Key, { VersionId: marker.VersionId })).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    const listed = await bench.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
    expect(listed.Versions?.map(({ IsLatest }) => IsLatest)).toEqual([false, false]);
    expect(listed.DeleteMarkers).toMatchObject([{ VersionId: marker.VersionId, IsLatest: true }]);
    const undone = await bench.s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: marker.VersionId }));
    expect(undone).toMatchObject({ DeleteMarker: true, VersionId: marker.VersionId });
    expect((await get(Bucket, Key)).text).toBe('two');
  });

  test('are ordered by their writing even when the clock runs backwards', async () => {
    let now = Date.now();
    const own = await startS3Bench({
      clock: () => {
        now -= 1000;
        return now;
      },
    });
    try {
      const Bucket = await own.bucket({ versioned: true });
      for (const Body of ['one', 'two', 'three']) await own.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body }));
      const latest = await own.s3.send(new GetObjectCommand({ Bucket, Key: 'k' }));
      expect(await latest.Body?.transformToString()).toBe('three');
    } finally {
      await own.close();
    }
  });

  test('become one null version once versioning is suspended', async () => {
    const Bucket = await bench.bucket({ versioned: true });
    const { VersionId: kept } = await put(Bucket, 'k', 'kept');
    await bench.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }));
    expect((await put(Bucket, 'k', 'null one')).VersionId).toBe('null');
    await put(Bucket, 'k', 'null two');
    const { VersionId } = await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(VersionId).toBe('null');
    const listed = await bench.s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(listed.Versions?.map((version) => version.VersionId)).toEqual([kept]);
    expect(listed.DeleteMarkers?.map((version) => version.VersionId)).toEqual(['null']);
  });

  test('are deleted many at once, each with its own outcome', async () => {
    const Bucket = await bench.bucket({ versioned: true });
    const { VersionId } = await put(Bucket, 'a', 'x');
    await put(Bucket, 'b', 'x');
    const Objects = [{ Key: 'a', VersionId }, { Key: 'b' }, { Key: 'never there' }];
    const { Deleted, Errors } = await bench.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Errors).toBeUndefined();
    expect(Deleted?.map(({ Key, DeleteMarker }) => [Key, DeleteMarker])).toEqual([
      ['a', undefined],
      ['b', true],
      ['never there', true],
    ]);
  });
});

describe('copies', () => {
  test('have no tags of names that are AWS’s own', async () => {
    const Bucket = await bench.bucket();
    const put = new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', Tagging: 'aws:own=1' });
    await expect(bench.s3.send(put)).rejects.toMatchObject({ name: 'InvalidTag' });
  });

  test('have a checksum of another kind where it is asked for, and only if their conditions hold', async () => {
    const Bucket = await bench.bucket();
    await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'hello', ChecksumAlgorithm: 'CRC32' }));
    const copy = { Bucket, Key: 'b', CopySource: `${Bucket}/a` };
    const sha = createHash('sha256').update('hello').digest('base64');
    const made = await bench.s3.send(new CopyObjectCommand({ ...copy, ChecksumAlgorithm: 'SHA256' }));
    expect(made.CopyObjectResult).toMatchObject({ ChecksumSHA256: sha, ChecksumType: 'FULL_OBJECT' });
    const head = await bench.s3.send(new HeadObjectCommand({ Bucket, Key: 'b', ChecksumMode: 'ENABLED' }));
    expect([head.ChecksumSHA256, head.ChecksumCRC32]).toEqual([sha, undefined]);
    const failed = { name: 'PreconditionFailed' };
    const again = new CopyObjectCommand({ ...copy, IfNoneMatch: '*' });
    await expect(bench.s3.send(again)).rejects.toMatchObject(failed);
    await expect(bench.s3.send(new CopyObjectCommand({ ...copy, IfMatch: '"0"' }))).rejects.toMatchObject(failed);
    await bench.s3.send(new CopyObjectCommand({ ...copy, IfMatch: head.ETag }));
  });

  test('have their source’s bytes and, unless told otherwise, its metadata and tags', async () => {
    const Bucket = await bench.bucket({ versioned: true });
    const { VersionId, ETag } = await put(Bucket, 'ü/source', 'old', { Metadata: { a: '1' }, Tagging: 't=1' });
    await put(Bucket, 'ü/source', 'new');
    const CopySource = encodeURI(`${Bucket}/ü/source?versionId=${VersionId}`);
    const copied = await bench.s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));
    expect(copied).toMatchObject({ CopySourceVersionId: VersionId, CopyObjectResult: { ETag } });
    expect(await get(Bucket, 'copy')).toMatchObject({ text: 'old', Metadata: { a: '1' }, TagCount: 1 });
    await bench.s3.send(
      new CopyObjectCommand({ Bucket, Key: 'copy', CopySource, MetadataDirective: 'REPLACE', Metadata: { b: '2' } }),
    );
    expect(await get(Bucket, 'copy')).toMatchObject({ text: 'old', Metadata: { b: '2' } });
  });

  test('outlive their source', async () => {
    const Bucket = await bench.bucket();
    await put(Bucket, 'source', 'bytes');
    await bench.s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/source` }));
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'source' }));
    expect((await get(Bucket, 'copy')).text).toBe('bytes');
  });

  test('are refused of nothing, of themselves unchanged, and against their conditions', async () => {
    const Bucket = await bench.bucket();
    const { ETag } = await put(Bucket, 'k', 'x');
    const copy = (more: object) =>
      bench.s3.send(new CopyObjectCommand({ Bucket, Key: 'k', CopySource: `${Bucket}/k`, ...more }));
    await expect(copy({})).rejects.toMatchObject({ name: 'InvalidRequest' });
    await expect(copy({ CopySource: `${Bucket}/none` })).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(copy({ CopySource: 'nothing' })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(copy({ Key: 'c', CopySourceIfNoneMatch: ETag })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(copy({ Key: 'k', MetadataDirective: 'REPLACE', IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
  });
});

describe('presigned URLs', () => {
  test('write and read without any other credential', async () => {
    const Bucket = await bench.bucket();
    const Metadata = { from: 'a browser' };
    const url = await getSignedUrl(bench.s3, new PutObjectCommand({ Bucket, Key: 'k', Metadata }), { expiresIn: 60 });
    expect((await fetch(url, { method: 'PUT', body: 'hello' })).status).toBe(200);
    const link = await getSignedUrl(
      bench.s3,
      new GetObjectCommand({ Bucket, Key: 'k', ResponseContentDisposition: 'attachment; filename="k.txt"' }),
    );
    const answer = await fetch(link);
    expect(await answer.text()).toBe('hello');
    expect(answer.headers.get('x-amz-meta-from')).toBe('a browser');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="k.txt"');
  });

  test('are good for their key alone', async () => {
    const Bucket = await bench.bucket();
    const url = await getSignedUrl(bench.s3, new PutObjectCommand({ Bucket, Key: 'mine' }));
    const answer = await fetch(url.replace('/mine?', '/yours?'), { method: 'PUT', body: 'x' });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
  });
});
