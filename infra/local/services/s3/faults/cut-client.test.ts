/**
 * Clients that are cut off at any byte of what they send, or send what they did not say: nothing of it becomes
 * visible, nothing of it stays. `LACUSTRE_CUTS=5000` for the long version.
 */
import { truncate } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { crc32 } from 'node:zlib';
import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keptFiles, type S3Bench, startS3Bench } from '../testing.ts';
import { bytesOf, type Leaving, type RawRequest, sendAndHang, sendAndLeave } from './raw-request.ts';
import { framesSignedByHand, signByHand } from './signed-by-hand.ts';

const CUTS = Number(process.env.LACUSTRE_CUTS ?? 250);
const BODY = Buffer.alloc(300_000, 'the bytes of a client that does not stay ');

let bench: S3Bench;
let Bucket: string;
let UploadId = '';
/** How many there are when nothing is under way. */
let fileCount: number;

beforeAll(async () => {
  bench = await startS3Bench();
  Bucket = await bench.bucket();
  await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'kept' }));
  UploadId = (await bench.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'parts' }))).UploadId ?? '';
  fileCount = (await files()).length;
});
afterAll(() => bench.close());

const urlOf = (key: string, query = '') => `${bench.lake.url}/${Bucket}/${key}${query}`;

const files = () => keptFiles(bench.folder);

function request(method: string, url: string, payload: string, body: Buffer, headers: Record<string, string> = {}) {
  return { method, url, headers: signByHand(bench.lake.clientConfig, method, url, payload, headers).headers, body };
}

/** Each kind of body that S3 takes. */
const KINDS: Record<string, () => RawRequest> = {
  'a plain body': () => request('PUT', urlOf('cut'), 'UNSIGNED-PAYLOAD', BODY),
  'signed chunks': () => {
    const url = urlOf('cut');
    const headers = { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': String(BODY.length) };
    const signed = signByHand(bench.lake.clientConfig, 'PUT', url, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', headers);
    const chunks = [BODY.subarray(0, 70_000), BODY.subarray(70_000, 140_000), BODY.subarray(140_000)];
    return { method: 'PUT', url, headers: signed.headers, body: framesSignedByHand(signed, chunks) };
  },
  'chunks with a trailer': () => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(BODY));
    const frames = [
      `${BODY.length.toString(16)}\r\n`,
      BODY,
      `\r\n0\r\nx-amz-checksum-crc32:${sum.toString('base64')}\r\n\r\n`,
    ];
    const body = Buffer.concat(frames.map((frame) => Buffer.from(frame as string)));
    return request('PUT', urlOf('cut'), 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', body, {
      'content-encoding': 'aws-chunked',
      'x-amz-decoded-content-length': String(BODY.length),
      'x-amz-trailer': 'x-amz-checksum-crc32',
    });
  },
  'a part': () => request('PUT', urlOf('parts', `?partNumber=1&uploadId=${UploadId}`), 'UNSIGNED-PAYLOAD', BODY),
  'a list of keys to delete': () => {
    const keys = Array.from({ length: 900 }, (_, i) => `<Object><Key>${i}</Key></Object>`).join('');
    const body = Buffer.from(`<Delete><Object><Key>kept</Key></Object>${keys}</Delete>`);
    return request('POST', `${bench.lake.url}/${Bucket}/?delete=`, 'UNSIGNED-PAYLOAD', body);
  },
};

async function nothingIsLeft(): Promise<void> {
  for (let i = 0; i < 100 && (await files()).length !== fileCount; i++) await sleep(20);
  expect(await files()).toHaveLength(fileCount);
  const { Contents } = await bench.s3.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([['kept', 4]]);
  const { Parts } = await bench.s3.send(new ListPartsCommand({ Bucket, Key: 'parts', UploadId }));
  expect(Parts ?? []).toEqual([]);
  const { Uploads } = await bench.s3.send(new ListMultipartUploadsCommand({ Bucket }));
  expect(Uploads).toHaveLength(1);
}

describe('a client that is cut off at any byte of', () => {
  for (const [kind, make] of Object.entries(KINDS)) {
    test(kind, { timeout: 60_000 + CUTS * 50 }, async () => {
      const leavings: Leaving[] = ['ends', 'closes', 'resets'];
      for (let i = 0; i < CUTS / 5; i++) {
        const bytes = bytesOf(make());
        const head = bytes.indexOf('\r\n\r\n') + 4;
        // The last bytes are where framing, trailer and length disagree about whether it is whole.
        const cut =
          i % 4 === 0 ? bytes.length - 1 - (i % 24) : head + Math.floor(Math.random() * (bytes.length - head));
        const heard = await sendAndLeave(bench.lake.url, bytes.subarray(0, cut), leavings[i % 3] ?? 'ends');
        expect(heard).not.toContain('200 OK');
      }
      await nothingIsLeft();
    });
  }
});

test('clients that are cut off do not fill the memory', { timeout: 120_000 }, async () => {
  const cut = async (times: number) => {
    const bytes = bytesOf(KINDS['a plain body']?.() as RawRequest);
    for (let i = 0; i < times; i++) {
      await Promise.all([1, 2, 3, 4].map(() => sendAndLeave(bench.lake.url, bytes.subarray(0, 250_000), 'closes')));
    }
    await nothingIsLeft();
    return usedBytes();
  };
  const before = await cut(10);
  const after = await cut(50);
  // 200 bodies are 50 MB; sixteen batches of 1 MiB may wait for their next use.
  expect(after - before).toBeLessThan(20 << 20);
});

/** The least of several looks: V8 frees what lies outside of its heap some time after it has collected. */
async function usedBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < 10; look++) {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    least = Math.min(least, heapUsed + arrayBuffers);
    await sleep(30);
  }
  return least;
}

describe('a client that does not send what it said', () => {
  test('is held to its length: what is beyond it is not of the body', async () => {
    const { body, ...rest } = request('PUT', urlOf('kept'), 'UNSIGNED-PAYLOAD', Buffer.from('kept and more'));
    const bytes = bytesOf({ ...rest, body, headers: { ...rest.headers, 'content-length': '4' } });
    await sendAndLeave(bench.lake.url, bytes, 'stays');
    const { Body } = await bench.s3.send(new GetObjectCommand({ Bucket, Key: 'kept' }));
    expect(await Body?.transformToString()).toBe('kept');
    await nothingIsLeft();
  });

  test('may wait to be asked for it, and go', async () => {
    const { headers, ...rest } = request('PUT', urlOf('cut'), 'UNSIGNED-PAYLOAD', BODY);
    const bytes = bytesOf({ ...rest, headers: { ...headers, expect: '100-continue' } });
    const head = bytes.subarray(0, bytes.indexOf('\r\n\r\n') + 4);
    const heard = await Promise.all([1, 2, 3].map(() => sendAndLeave(bench.lake.url, head, 'ends')));
    for (const each of heard) expect(each).toMatch(/^(HTTP\/1.1 100 Continue\r\n\r\n)?(HTTP\/1.1 400|$)/);
    await nothingIsLeft();
  });

  test('leaves nothing where its signature or its checksum is wrong', async () => {
    const forged = KINDS['signed chunks']?.() as RawRequest;
    forged.body[forged.body.length - 400] = 0;
    const wrong = KINDS['chunks with a trailer']?.() as RawRequest;
    wrong.body[1000] = 0;
    const answers = [forged, wrong].map((each) => sendAndLeave(bench.lake.url, bytesOf(each), 'stays'));
    const [signature, checksum] = await Promise.all(answers);
    expect(signature).toContain('<Code>SignatureDoesNotMatch</Code>');
    expect(checksum).toContain('<Code>BadDigest</Code>');
    await nothingIsLeft();
  });

  test('can send many requests that hang, and others are served', async () => {
    const bytes = bytesOf(KINDS['a plain body']?.() as RawRequest).subarray(0, 100_000);
    const sockets = Array.from({ length: 200 }, () => sendAndHang(bench.lake.url, bytes));
    await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'kept' }));
    for (const socket of sockets) socket.destroy();
    await nothingIsLeft();
  });
});

test('a file that lost its end on the disk is no whole answer', async () => {
  const Key = 'damaged';
  const before = await files();
  await bench.s3.send(new PutObjectCommand({ Bucket, Key, Body: BODY }));
  const [damaged = ''] = (await files()).filter((name) => !before.includes(name));
  await truncate(`${bench.folder}/${damaged}`, 1000);
  const { Body } = await bench.s3.send(new GetObjectCommand({ Bucket, Key }));
  await expect(Body?.transformToByteArray()).rejects.toThrow();
});
