import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
      (frames: string) => frames.replace(/chunk-signature=./, 'chunk-signature=0'),
      (frames: string) => frames.replace(/;chunk-signature=[0-9a-f]+/, ''),
    ];
    for (const forge of forged) expect(await send(forge)).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
  });
});

describe('a full disk', () => {
  // Only root can make a disk that is small enough to fill.
  const mount = mkdtempSync(join(tmpdir(), 'lacustre-small-disk-'));
  let isMounted = false;
  beforeAll(() => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', mount], { stdio: 'ignore' });
      isMounted = true;
    } catch {
      isMounted = false;
    }
  });
  afterAll(() => {
    if (isMounted) execFileSync('umount', ['-l', mount]);
    rmSync(mount, { recursive: true, force: true });
  });

  test('is said plainly, keeps nothing of the request and loses nothing of the others', async (context) => {
    if (!isMounted) return context.skip();
    const dataFolder = join(mount, 'lake');
    mkdirSync(dataFolder);
    const small = await startS3Bench({ dataFolder });
    try {
      const bucket = await small.bucket();
      await small.s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'kept', Body: 'kept' }));
      const Body = Buffer.alloc(32 * MIB);
      const refusal = { name: 'ServiceUnavailable', message: expect.stringMatching(/disk .* is full/) };
      await expect(small.s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'big', Body }))).rejects.toMatchObject(
        refusal,
      );
      const { UploadId } = await small.s3.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'parts' }));
      const part = { Bucket: bucket, Key: 'parts', UploadId, PartNumber: 1, Body };
      await expect(small.s3.send(new UploadPartCommand(part))).rejects.toMatchObject(refusal);
      expect(await blobFiles(small.folder)).toHaveLength(1);
      const filler = join(mount, 'filler');
      try {
        writeFileSync(filler, Buffer.alloc(24 * MIB));
      } catch {
        // Full to the last page, as intended.
      }
      const tiny = () => small.s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'tiny', Body: 'x' }));
      for (let i = 0; i < 3; i++) await expect(tiny()).rejects.toMatchObject(refusal);
      rmSync(filler);
      await tiny();
      const { Body: kept } = await small.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'kept' }));
      expect(await kept?.transformToString()).toBe('kept');
    } finally {
      await small.close();
    }
  });
});

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Signs by hand what the SDK would never send: a body that is not what its headers say. */
function sign(url: string, payload: string, headers: Record<string, string>) {
  const { credentials, region } = bench.lake.clientConfig;
  const { host, pathname } = new URL(url);
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const all: Record<string, string> = { ...headers, host, 'x-amz-content-sha256': payload, 'x-amz-date': date };
  const names = Object.keys(all).toSorted();
  const lines = names.map((name) => `${name}:${all[name]}\n`).join('');
  const canonical = ['PUT', pathname, '', lines, names.join(';'), payload].join('\n');
  const scope = `${date.slice(0, 8)}/${region}/s3/aws4_request`;
  const secret = `AWS4${credentials.secretAccessKey}`;
  const key = scope.split('/').reduce<string | Buffer>((k, part) => hmac(k, part), secret);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString('hex');
  const signed = `SignedHeaders=${names.join(';')}, Signature=${signature}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, ${signed}`;
  const { host: _, ...sent } = all;
  return { headers: { ...sent, authorization }, key, date, scope, signature };
}

const signedPut = (url: string, body: string, payload: string, headers: Record<string, string>) =>
  put(url, body, sign(url, payload, headers).headers);

function signedChunks(url: string, chunks: string[], tamper: (frames: string) => string) {
  const length = String(chunks.join('').length);
  const headers = { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': length };
  const signed = sign(url, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', headers);
  let previous = signed.signature;
  const frames = [...chunks, ''].map((chunk) => {
    const lines = ['AWS4-HMAC-SHA256-PAYLOAD', signed.date, signed.scope, previous, sha256(''), sha256(chunk)];
    previous = hmac(signed.key, lines.join('\n')).toString('hex');
    return `${chunk.length.toString(16)};chunk-signature=${previous}\r\n${chunk}\r\n`;
  });
  return put(url, tamper(frames.join('')), signed.headers);
}
