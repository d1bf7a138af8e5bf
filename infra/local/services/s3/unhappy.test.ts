import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  UploadPartCommand,
  type UploadPartCommandInput,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { framesSignedByHand, signByHand } from './faults/signed-by-hand.ts';
import { blobFiles, type S3Bench, startS3Bench } from './testing.ts';

const MIB = 1 << 20;
let bench: S3Bench;
let Bucket: string;
beforeAll(async () => {
  bench = await startS3Bench();
  Bucket = await bench.bucket();
});
afterAll(() => bench.close());

const presignPut = (input: PutObjectCommandInput) => getSignedUrl(bench.s3, new PutObjectCommand(input));
const presignPart = (input: UploadPartCommandInput) => getSignedUrl(bench.s3, new UploadPartCommand(input));

/** Sends the beginning of a body, and leaves the connection to the caller. */
function beginPut(url: string, announced: number, sent: number): http.ClientRequest {
  const request = http.request(url, { method: 'PUT', headers: { 'content-length': announced }, agent: false });
  request.on('error', () => {});
  request.write(Buffer.alloc(sent, 1));
  return request;
}

async function put(url: string, body: string | Buffer, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method: 'PUT',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers,
  });
  const text = await answer.text();
  return { status: answer.status, code: /<Code>(\w+)/.exec(text)?.[1], etag: answer.headers.get('etag') ?? '', text };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 100 && !(await holds()); i++) await sleep(20);
  expect(await holds()).toBe(true);
}

describe('a client that goes away', () => {
  test('in the middle of an object leaves neither object nor file', async () => {
    const url = await presignPut({ Bucket, Key: 'cut' });
    const before = await blobFiles(bench.folder);
    const request = beginPut(url, 20 * MIB, 3 * MIB);
    await until(async () => (await blobFiles(bench.folder)).length === before.length + 1);
    request.destroy();
    await until(async () => (await blobFiles(bench.folder)).length === before.length);
    await expect(bench.s3.send(new HeadObjectCommand({ Bucket, Key: 'cut' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    expect((await put(url, 'whole')).status).toBe(200);
  });

  test('in the middle of a part leaves the other parts as they were', async () => {
    const Key = 'cut part';
    const { UploadId } = await bench.s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const urlOf = (PartNumber: number) => presignPart({ Bucket, Key, UploadId, PartNumber });
    const one = await put(await urlOf(1), Buffer.alloc(6 * MIB, 'a'));
    const again = beginPut(await urlOf(1), 6 * MIB, 2 * MIB);
    const two = beginPut(await urlOf(2), 6 * MIB, 2 * MIB);
    await sleep(100);
    again.destroy();
    two.destroy();
    await sleep(50);
    const second = await put(await urlOf(2), Buffer.alloc(6 * MIB, 'b'));
    const { Parts } = await bench.s3.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    expect(Parts?.map(({ ETag }) => ETag)).toEqual([one.etag, second.etag]);
    const chosen = [one, second].map(({ etag: ETag }, i) => ({ ETag, PartNumber: i + 1 }));
    await bench.s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: chosen } }),
    );
    const { Body } = await bench.s3.send(new GetObjectCommand({ Bucket, Key }));
    const found = Buffer.from((await Body?.transformToByteArray()) ?? []);
    expect(found.equals(Buffer.concat([Buffer.alloc(6 * MIB, 'a'), Buffer.alloc(6 * MIB, 'b')]))).toBe(true);
  });

  test('or hangs while its upload is completed cannot touch the object any more', async () => {
    const Key = 'hanging part';
    const { UploadId } = await bench.s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const urlOf = (PartNumber: number) => presignPart({ Bucket, Key, UploadId, PartNumber });
    const one = await put(await urlOf(1), Buffer.alloc(5 * MIB, 'a'));
    const hanging = beginPut(await urlOf(2), 5 * MIB, 2 * MIB);
    const refused = new Promise<number | undefined>((resolve) => hanging.on('response', (r) => resolve(r.statusCode)));
    await sleep(100);
    const Parts = [{ PartNumber: 1, ETag: one.etag }];
    await bench.s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
    expect(await refused).toBe(404);
    hanging.end(Buffer.alloc(3 * MIB, 'z'));
    const head = await bench.s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head.ContentLength).toBe(5 * MIB);
    hanging.destroy();
  });

  test('while it reads leaves the lake well', async () => {
    await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'big', Body: Buffer.alloc(20 * MIB) }));
    const url = await getSignedUrl(bench.s3, new GetObjectCommand({ Bucket, Key: 'big' }));
    for (let i = 0; i < 5; i++) {
      await new Promise<void>((resolve) => {
        http.get(url, { agent: false }, (answer) => answer.once('data', () => resolve(void answer.destroy())));
      });
    }
    expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(20 * MIB);
    expect(bench.lake.logged.filter((line) => line.includes('"error"'))).toEqual([]);
  });
});

describe('a body', () => {
  test('of unknown length is not begun', async () => {
    const url = await presignPut({ Bucket, Key: 'k' });
    const status = await new Promise((resolve) => {
      const request = http.request(url, { method: 'PUT', headers: { 'transfer-encoding': 'chunked' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      request.end('body');
    });
    expect(status).toBe(411);
  });

  test('beyond 5 GiB is refused before it is sent', async () => {
    const url = await presignPut({ Bucket, Key: 'k' });
    const request = beginPut(url, 5 * 1024 ** 3 + 1, 1);
    const status = await new Promise((resolve) => request.on('response', (answer) => resolve(answer.statusCode)));
    expect(status).toBe(400);
    request.destroy();
  });

  test('in chunks is held to its frames, its trailer and its length', async () => {
    const key = { Bucket, Key: 'chunked' };
    const send = async (body: string, length: number, more = {}) => {
      const headers = {
        'content-encoding': 'aws-chunked',
        'x-amz-decoded-content-length': String(length),
        'x-amz-trailer': 'x-amz-checksum-crc32',
        ...more,
      };
      return signedPut(
        `${bench.lake.url}/${key.Bucket}/${key.Key}`,
        body,
        'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        headers,
      );
    };
    const crc = 'y/U6HA==';
    expect(await send(`9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n`, 9)).toMatchObject({
      status: 200,
    });
    expect(await send(`4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n`, 9)).toMatchObject({
      status: 200,
    });
    expect(await send(`9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:${crc}\r\n\r\n`, 9)).toMatchObject({
      code: 'BadDigest',
    });
    expect(await send('9\r\n123456789\r\n0\r\n\r\n', 9)).toMatchObject({ code: 'InvalidRequest' });
    expect(await send(`9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n`, 8)).toMatchObject({
      code: 'IncompleteBody',
    });
    expect(await send(`9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n`, 10)).toMatchObject({
      code: 'IncompleteBody',
    });
    expect(await send('9\r\n1234', 9)).toMatchObject({ code: 'IncompleteBody' });
    expect(await send('nonsense', 8)).toMatchObject({ code: 'IncompleteBody' });
    const { Body } = await bench.s3.send(new GetObjectCommand(key));
    expect(await Body?.transformToString()).toBe('123456789');
  });

  test('in signed chunks is held to every signature', async () => {
    const send = (tamper: (frames: string) => string) =>
      signedChunks(`${bench.lake.url}/${Bucket}/signed`, ['a'.repeat(70_000), 'the end'], tamper);
    expect(await send((frames) => frames)).toMatchObject({ status: 200 });
    const head = await bench.s3.send(new HeadObjectCommand({ Bucket, Key: 'signed' }));
    expect(head.ContentLength).toBe(70_007);
    const forged = [
      (frames: string) => frames.replace('the end', 'THE END'),
      // Another digit than the one that is there.
      (frames: string) =>
        frames.replace(/chunk-signature=(.)/, (_, digit) => `chunk-signature=${digit === '0' ? '1' : '0'}`),
      (frames: string) => frames.replace(/;chunk-signature=[0-9a-f]+/, ''),
    ];
    for (const forge of forged) expect(await send(forge)).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
  });
});

/** Without the host, which `fetch` says itself. */
function sign(url: string, payload: string, headers: Record<string, string>) {
  const signed = signByHand(bench.lake.clientConfig, 'PUT', url, payload, headers);
  const { host: _, ...sent } = signed.headers;
  return { ...signed, headers: sent };
}

const signedPut = (url: string, body: string, payload: string, headers: Record<string, string>) =>
  put(url, body, sign(url, payload, headers).headers);

function signedChunks(url: string, chunks: string[], tamper: (frames: string) => string) {
  const length = String(chunks.join('').length);
  const headers = { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': length };
  const signed = sign(url, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', headers);
  const frames = framesSignedByHand(
    signed,
    chunks.map((chunk) => Buffer.from(chunk)),
  );
  return put(url, tamper(frames.toString()), signed.headers);
}
