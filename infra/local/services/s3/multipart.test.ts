import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digest } from './checksums.ts';
import { type S3Bench, startS3Bench } from './testing.ts';

const MIB = 1 << 20;
let bench: S3Bench;
let Bucket: string;
beforeAll(async () => {
  bench = await startS3Bench();
  Bucket = await bench.bucket({ versioned: true });
});
afterAll(() => bench.close());

/** Bytes that differ from part to part and from place to place. */
const bytes = (size: number, seed: number): Buffer => {
  const pattern = createHash('sha512').update(String(seed)).digest();
  return Buffer.alloc(size, pattern);
};
const crc64 = (of: Uint8Array): string => {
  const made = digest('CRC64NVME');
  made.update(of);
  return made.value();
};
const begin = async (Key: string, more = {}): Promise<string> => {
  const { UploadId } = await bench.s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));
  return UploadId ?? '';
};
const part = async (Key: string, UploadId: string, PartNumber: number, Body: Buffer): Promise<CompletedPart> => {
  const { ETag } = await bench.s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
  return { PartNumber, ETag };
};
const complete = (Key: string, UploadId: string, Parts: CompletedPart[], more = {}) =>
  bench.s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more }));
const read = async (Key: string): Promise<Buffer> => {
  const { Body } = await bench.s3.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

describe('rejects', () => {
  test('an upload that is not there, or no longer', async () => {
    const UploadId = await begin('gone');
    await bench.s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'gone', UploadId }));
    const noSuchUpload = { name: 'NoSuchUpload' };
    await expect(part('gone', UploadId, 1, bytes(10, 1))).rejects.toMatchObject(noSuchUpload);
    await expect(complete('gone', UploadId, [{ PartNumber: 1, ETag: 'x' }])).rejects.toMatchObject(noSuchUpload);
    await expect(
      bench.s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'gone', UploadId })),
    ).rejects.toMatchObject(noSuchUpload);
    await expect(bench.s3.send(new ListPartsCommand({ Bucket, Key: 'gone', UploadId: '../x' }))).rejects.toMatchObject(
      noSuchUpload,
    );
    const UploadId2 = await begin('mine');
    await expect(part('yours', UploadId2, 1, bytes(10, 1))).rejects.toMatchObject(noSuchUpload);
  });

  test('a list of parts that is wrong, and leaves the upload as it was', async () => {
    const Key = 'wrong list';
    const UploadId = await begin(Key);
    const one = await part(Key, UploadId, 1, bytes(5 * MIB, 1));
    const two = await part(Key, UploadId, 2, bytes(100, 2));
    const three = await part(Key, UploadId, 3, bytes(100, 3));
    await expect(complete(Key, UploadId, [two, one])).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete(Key, UploadId, [one, { ...two, PartNumber: 7 }])).rejects.toMatchObject({
      name: 'InvalidPart',
    });
    await expect(complete(Key, UploadId, [{ ...one, ETag: two.ETag }])).rejects.toMatchObject({ name: 'InvalidPart' });
    await expect(complete(Key, UploadId, [one, two, three])).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await expect(complete(Key, UploadId, [])).rejects.toMatchObject({ name: 'MalformedXML' });
    await complete(Key, UploadId, [one, two]);
    expect((await read(Key)).equals(Buffer.concat([bytes(5 * MIB, 1), bytes(100, 2)]))).toBe(true);
  });

  test('a part number out of range', async () => {
    const UploadId = await begin('k');
    for (const PartNumber of [0, 10_001]) {
      await expect(part('k', UploadId, PartNumber, bytes(1, 1))).rejects.toMatchObject({ name: 'InvalidArgument' });
    }
  });

  test('a part without the checksum that its upload was created with', async () => {
    const UploadId = await begin('k', { ChecksumAlgorithm: 'SHA256' });
    await expect(part('k', UploadId, 1, bytes(1, 1))).rejects.toThrow(/expected checksum Type: sha256/);
  });

  test('a condition that does not hold, and keeps the upload', async () => {
    const Key = 'conditional';
    const UploadId = await begin(Key);
    const only = await part(Key, UploadId, 1, bytes(10, 1));
    await bench.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'first' }));
    await expect(complete(Key, UploadId, [only], { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    const { ETag } = await bench.s3.send(new HeadObjectCommand({ Bucket, Key }));
    await complete(Key, UploadId, [only], { IfMatch: ETag });
    expect(await read(Key)).toEqual(bytes(10, 1));
  });
});

describe('parts become the object', () => {
  const cases: [string, { number: number; size: number }[]][] = [
    ['of one size, the last one smaller', [1, 2, 3].map((number) => ({ number, size: number < 3 ? 6 * MIB : 77 }))],
    ['of one size, sent backwards', [3, 2, 1].map((number) => ({ number, size: 5 * MIB }))],
    [
      'the small last one first',
      [
        { number: 2, size: 1000 },
        { number: 1, size: 5 * MIB },
      ],
    ],
    ['growing', [1, 2, 3].map((number) => ({ number, size: (4 + number) * MIB }))],
    ['with gaps in their numbers', [2, 5, 9].map((number) => ({ number, size: 5 * MIB }))],
    ['with a smaller one in the middle', [6, 5, 6].map((size, i) => ({ number: i + 1, size: size * MIB }))],
    ['a single small one', [{ number: 1, size: 12 }]],
    ['a single one that is not the first', [{ number: 4, size: 6 * MIB }]],
    ['a single empty one', [{ number: 1, size: 0 }]],
  ];
  test.each(cases)('%s', async (Key, sent) => {
    const UploadId = await begin(Key);
    const parts: CompletedPart[] = [];
    for (const { number, size } of sent) parts.push(await part(Key, UploadId, number, bytes(size, number)));
    parts.sort((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0));
    const whole = Buffer.concat(sent.toSorted((a, b) => a.number - b.number).map((p) => bytes(p.size, p.number)));
    const { ETag } = await complete(Key, UploadId, parts);
    const md5s = parts.map((each) => Buffer.from(each.ETag?.replaceAll('"', '') ?? '', 'hex'));
    expect(ETag).toBe(`"${createHash('md5').update(Buffer.concat(md5s)).digest('hex')}-${parts.length}"`);
    expect((await read(Key)).equals(whole)).toBe(true);
  });

  test('each as it was acknowledged last, whatever was sent or broken off in between', async () => {
    const Key = 'sent again';
    const UploadId = await begin(Key);
    await part(Key, UploadId, 1, bytes(5 * MIB, 1));
    await part(Key, UploadId, 2, bytes(5 * MIB, 2));
    const again = await part(Key, UploadId, 1, bytes(5 * MIB, 11));
    const two = await part(Key, UploadId, 2, bytes(5 * MIB, 22));
    const wrong = new UploadPartCommand({
      Bucket,
      Key,
      UploadId,
      PartNumber: 2,
      Body: bytes(5 * MIB, 99),
      ContentMD5: createHash('md5').digest('base64'),
    });
    await expect(bench.s3.send(wrong)).rejects.toMatchObject({ name: 'BadDigest' });
    const three = await part(Key, UploadId, 3, bytes(3, 3));
    await complete(Key, UploadId, [again, two, three]);
    const whole = Buffer.concat([bytes(5 * MIB, 11), bytes(5 * MIB, 22), bytes(3, 3)]);
    expect((await read(Key)).equals(whole)).toBe(true);
  });

  test('only those that were chosen', async () => {
    const Key = 'chosen';
    const UploadId = await begin(Key);
    const one = await part(Key, UploadId, 1, bytes(5 * MIB, 1));
    await part(Key, UploadId, 2, bytes(5 * MIB, 2));
    await complete(Key, UploadId, [one]);
    expect((await read(Key)).equals(bytes(5 * MIB, 1))).toBe(true);
  });

  test('sent all at once, some of them twice', async () => {
    const Key = 'at once';
    const UploadId = await begin(Key);
    const numbers = [1, 2, 3, 4, 5, 3, 4];
    const parts = await Promise.all(numbers.map((number) => part(Key, UploadId, number, bytes(5 * MIB, number))));
    await complete(Key, UploadId, parts.slice(0, 5));
    const whole = Buffer.concat(numbers.slice(0, 5).map((number) => bytes(5 * MIB, number)));
    expect((await read(Key)).equals(whole)).toBe(true);
  });

  test('with the whole object’s checksum, and with one made of the parts’', async () => {
    for (const ChecksumType of ['FULL_OBJECT', 'COMPOSITE'] as const) {
      const Key = `checksum ${ChecksumType}`;
      const UploadId = await begin(Key, { ChecksumAlgorithm: 'CRC32', ChecksumType });
      const Parts: CompletedPart[] = [];
      for (const PartNumber of [1, 2]) {
        const Body = bytes(5 * MIB, PartNumber);
        const sent = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ChecksumAlgorithm: 'CRC32' });
        const { ETag, ChecksumCRC32 } = await bench.s3.send(sent);
        Parts.push({ PartNumber, ETag, ChecksumCRC32 });
      }
      const done = await complete(Key, UploadId, Parts);
      expect(done).toMatchObject({ ChecksumType });
      if (ChecksumType === 'COMPOSITE') expect(done.ChecksumCRC32).toMatch(/-2$/);
      // The client checks the bytes against a whole object's checksum while it reads.
      expect((await read(Key)).length).toBe(10 * MIB);
    }
  });

  test('copied from other objects', async () => {
    const Key = 'of copies';
    await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'big source', Body: bytes(11 * MIB, 5) }));
    const UploadId = await begin(Key);
    const copy = async (PartNumber: number, CopySourceRange?: string): Promise<CompletedPart> => {
      const CopySource = encodeURI(`${Bucket}/big source`);
      const command = new UploadPartCopyCommand({ Bucket, Key, UploadId, PartNumber, CopySource, CopySourceRange });
      return { PartNumber, ETag: (await bench.s3.send(command)).CopyPartResult?.ETag };
    };
    await expect(copy(1, `bytes=0-${11 * MIB}`)).rejects.toMatchObject({ name: 'InvalidArgument' });
    await complete(Key, UploadId, [await copy(1, `bytes=0-${6 * MIB - 1}`), await copy(2, `bytes=3-5`)]);
    const source = bytes(11 * MIB, 5);
    expect((await read(Key)).equals(Buffer.concat([source.subarray(0, 6 * MIB), source.subarray(3, 6)]))).toBe(true);
  });

  test('through a browser’s presigned URLs, and through the SDK’s own uploader', async () => {
    const UploadId = await begin('presigned');
    const Parts: CompletedPart[] = [];
    for (const PartNumber of [1, 2]) {
      const command = new UploadPartCommand({ Bucket, Key: 'presigned', UploadId, PartNumber });
      const answer = await fetch(await getSignedUrl(bench.s3, command), {
        method: 'PUT',
        body: new Uint8Array(bytes(5 * MIB, PartNumber)),
      });
      Parts.push({ PartNumber, ETag: answer.headers.get('etag') ?? '' });
    }
    await complete('presigned', UploadId, Parts);
    expect((await read('presigned')).equals(Buffer.concat([bytes(5 * MIB, 1), bytes(5 * MIB, 2)]))).toBe(true);
    const Body = Readable.from(Array.from({ length: 12 }, (_, i) => bytes(MIB, i)));
    await new Upload({ client: bench.s3, params: { Bucket, Key: 'streamed', Body } }).done();
    expect((await read('streamed')).equals(Buffer.concat(Array.from({ length: 12 }, (_, i) => bytes(MIB, i))))).toBe(
      true,
    );
  });
});

describe('an uploader that knows the whole object’s CRC64NVME, and sends its parts to presigned URLs without any', () => {
  const upload = async (Key: string): Promise<{ UploadId: string; Parts: CompletedPart[]; whole: Buffer }> => {
    const UploadId = await begin(Key, { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'FULL_OBJECT' });
    const bodies = [bytes(5 * MIB, 1), bytes(5 * MIB, 2), bytes(77, 3)];
    const Parts = await Promise.all(
      bodies.map(async (body, i) => {
        const command = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: i + 1 });
        const url = await getSignedUrl(bench.s3, command);
        const answer = await fetch(url, { method: 'PUT', body: new Uint8Array(body) });
        expect(answer.headers.get('x-amz-checksum-crc64nvme')).toBe(crc64(body));
        return { PartNumber: i + 1, ETag: answer.headers.get('etag') ?? '' };
      }),
    );
    return { UploadId, Parts, whole: Buffer.concat(bodies) };
  };

  test('completes with it, and reads it back wherever S3 tells it', async () => {
    const Key = 'crc64';
    const { UploadId, Parts, whole } = await upload(Key);
    const { Parts: listed } = await bench.s3.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    expect(listed?.[2]?.ChecksumCRC64NVME).toBe(crc64(bytes(77, 3)));
    const ChecksumCRC64NVME = crc64(whole);
    const more = { ChecksumCRC64NVME, ChecksumType: 'FULL_OBJECT', MpuObjectSize: whole.length };
    const done = await complete(Key, UploadId, Parts, more);
    const told = { ChecksumCRC64NVME, ChecksumType: 'FULL_OBJECT' };
    expect(done).toMatchObject(told);
    const head = await bench.s3.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject(told);
    const ObjectAttributes = ['Checksum' as const, 'ObjectParts' as const];
    const all = await bench.s3.send(new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes, MaxParts: 2 }));
    expect(all.Checksum).toMatchObject(told);
    expect(all.ObjectParts).toMatchObject({ TotalPartsCount: 3, IsTruncated: true, NextPartNumberMarker: '2' });
    expect(all.ObjectParts?.Parts?.[1]).toEqual({
      PartNumber: 2,
      Size: 5 * MIB,
      ChecksumCRC64NVME: crc64(bytes(5 * MIB, 2)),
    });
  });

  test('is told when it is wrong, and may say it right afterwards', async () => {
    const Key = 'crc64 wrong';
    const { UploadId, Parts, whole } = await upload(Key);
    const wrong = { ChecksumCRC64NVME: crc64(Buffer.from('other')) };
    await expect(complete(Key, UploadId, Parts, wrong)).rejects.toMatchObject({ name: 'BadDigest' });
    const short = { MpuObjectSize: whole.length - 1 };
    await expect(complete(Key, UploadId, Parts, short)).rejects.toMatchObject({ name: 'InvalidRequest' });
    const composite = { ChecksumType: 'COMPOSITE' };
    await expect(complete(Key, UploadId, Parts, composite)).rejects.toMatchObject({ name: 'InvalidRequest' });
    const other = { ChecksumCRC32: 'AAAAAA==' };
    await expect(complete(Key, UploadId, Parts, other)).rejects.toMatchObject({ name: 'InvalidRequest' });
    await complete(Key, UploadId, Parts, { ChecksumCRC64NVME: crc64(whole) });
  });

  test('gets the same from an upload whose creator chose nothing', async () => {
    const Key = 'crc64 by default';
    const plain = new S3Client({ ...bench.lake.clientConfig, requestChecksumCalculation: 'WHEN_REQUIRED' });
    try {
      const params = { Bucket, Key };
      const { UploadId } = await plain.send(new CreateMultipartUploadCommand(params));
      const Body = bytes(9, 1);
      const { ETag } = await plain.send(new UploadPartCommand({ ...params, UploadId, PartNumber: 1, Body }));
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
      const done = await plain.send(new CompleteMultipartUploadCommand({ ...params, UploadId, MultipartUpload }));
      expect(done).toMatchObject({ ChecksumCRC64NVME: crc64(Body), ChecksumType: 'FULL_OBJECT' });
      await plain.send(new PutObjectCommand({ Bucket, Key: 'put by default', Body }));
      const ChecksumMode = 'ENABLED' as const;
      const head = await plain.send(new HeadObjectCommand({ Bucket, Key: 'put by default', ChecksumMode }));
      expect(head).toMatchObject({ ChecksumCRC64NVME: crc64(Body), ChecksumType: 'FULL_OBJECT' });
    } finally {
      plain.destroy();
    }
  });
});

describe('an upload', () => {
  test('is listed with its parts until it ends', async () => {
    const Key = 'listed';
    const UploadId = await begin(Key, { Metadata: { a: '1' } });
    await part(Key, UploadId, 2, bytes(20, 2));
    await part(Key, UploadId, 1, bytes(10, 1));
    const listed = await bench.s3.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 1 }));
    expect(listed).toMatchObject({
      IsTruncated: true,
      NextPartNumberMarker: '1',
      Parts: [{ PartNumber: 1, Size: 10 }],
    });
    const rest = await bench.s3.send(new ListPartsCommand({ Bucket, Key, UploadId, PartNumberMarker: '1' }));
    expect(rest).toMatchObject({ IsTruncated: false, Parts: [{ PartNumber: 2, Size: 20 }] });
    const open = async () =>
      (await bench.s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }))).Uploads?.map((u) => u.UploadId);
    expect(await open()).toEqual([UploadId]);
    await bench.s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    expect(await open()).toBeUndefined();
  });

  test('that is completed again answers the same, and makes no second version', async () => {
    const Key = 'twice';
    const UploadId = await begin(Key);
    const parts = [await part(Key, UploadId, 1, bytes(10, 1))];
    const answers = await Promise.all([complete(Key, UploadId, parts), complete(Key, UploadId, parts)]);
    expect(answers[0]?.VersionId).toBe(answers[1]?.VersionId);
  });

  test('leaves nothing behind in its folder', async () => {
    const own = await startS3Bench();
    try {
      const bucket = await own.bucket();
      const params = { Bucket: bucket, Key: 'k' };
      const { UploadId } = await own.s3.send(new CreateMultipartUploadCommand(params));
      const { ETag } = await own.s3.send(new UploadPartCommand({ ...params, UploadId, PartNumber: 1, Body: 'x' }));
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
      await own.s3.send(new CompleteMultipartUploadCommand({ ...params, UploadId, MultipartUpload }));
      expect(await readdir(`${own.folder}/uploads`)).toEqual([]);
    } finally {
      await own.close();
    }
  });

  test('reads back part by part', async () => {
    const Key = 'by part';
    const UploadId = await begin(Key);
    const parts = [await part(Key, UploadId, 1, bytes(5 * MIB, 1)), await part(Key, UploadId, 2, bytes(9, 2))];
    await complete(Key, UploadId, parts);
    const { ContentLength, PartsCount, ContentRange } = await bench.s3.send(
      new HeadObjectCommand({ Bucket, Key, PartNumber: 2 }),
    );
    expect({ ContentLength, PartsCount, ContentRange }).toEqual({
      ContentLength: 9,
      PartsCount: 2,
      ContentRange: `bytes ${5 * MIB}-${5 * MIB + 8}/${5 * MIB + 9}`,
    });
    await expect(bench.s3.send(new HeadObjectCommand({ Bucket, Key, PartNumber: 3 }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 416 },
    });
  });
});
