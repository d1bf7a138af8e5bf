import { request as ask } from 'node:http';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLake, type TestLake } from './testing/test-lake.ts';

let lake: TestLake;
let s3: S3Client;
let presigned: string;

beforeAll(async () => {
  lake = await startTestLake({ hosts: ['lake.example'], services: ['s3'] });
  s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'pages' }));
  await s3.send(new PutObjectCommand({ Bucket: 'pages', Key: 'k', Body: 'bytes' }));
  const CORSRules = [{ AllowedMethods: ['GET'], AllowedOrigins: ['http://localhost:3000'] }];
  await s3.send(new PutBucketCorsCommand({ Bucket: 'pages', CORSConfiguration: { CORSRules } }));
  presigned = await getSignedUrl(s3, new GetObjectCommand({ Bucket: 'pages', Key: 'k' }));
});
afterAll(() => lake.close());

/** By Node's own client: `fetch` would not send such headers. */
function answerTo(method: string, path: string, headers: Record<string, string>, body = ''): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const sent = ask(`${lake.url}${path}`, { method, headers }, async (response) => {
      const text = (await response.toArray()).join('');
      resolve([response.statusCode ?? 0, /does not answer under|page of another site/.exec(text)?.[0] ?? '']);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

const port = () => new URL(lake.url).port;

describe('a name that is not the lake’s', () => {
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', 'lake.example.evil.example', 'xlocalhost'])(
    'is refused, with a signature and without: %s',
    async (host) => {
      const refused = [403, 'does not answer under'];
      expect(await answerTo('GET', '/pages/k', { host })).toEqual(refused);
      expect(await answerTo('GET', presigned.slice(lake.url.length), { host: `${host}:${port()}` })).toEqual(refused);
      const json = { host, 'x-amz-target': 'AWSGlue.GetDatabases', 'content-type': 'application/x-amz-json-1.1' };
      // The JSON services answer every refusal with 400.
      expect(await answerTo('POST', '/', json, '{}')).toEqual([400, refused[1]]);
    },
  );

  it.each(['localhost', 'pages.localhost:4566', '127.0.0.1', '[::1]:4566', '192.168.1.20:4566', 'LAKE.example:4566'])(
    'is not %s',
    async (host) => expect((await answerTo('GET', '/pages/k', { host }))[1]).toBe(''),
  );
});

describe('a page of another site', () => {
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  ];
  it.each(foreign)('is refused without a signature: %o', async (headers) => {
    expect(await answerTo('GET', '/pages/k', headers)).toEqual([403, 'page of another site']);
    expect(await answerTo('PUT', '/pages/new', headers, 'x')).toEqual([403, 'page of another site']);
    const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
    expect(await answerTo('POST', '/', form, 'Action=GetCallerIdentity')).toEqual([403, 'page of another site']);
  });

  it('comes as far as anybody where the bucket’s rules name it, or where somebody gave it a signed address', async () => {
    const invited = await answerTo('GET', '/pages/k', { origin: 'http://localhost:3000' });
    expect(invited).toEqual([403, '']);
    expect(await answerTo('GET', presigned.slice(lake.url.length), { origin: 'http://localhost:3000' })).toEqual([
      200,
      '',
    ]);
  });

  it('does not keep a client from its work', async () => {
    expect((await s3.send(new ListBucketsCommand({}))).Buckets).toHaveLength(1);
  });
});
