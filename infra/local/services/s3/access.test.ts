import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SecretBox } from '../../secret-box.ts';
import { type Access, AwsError, type Caller, type WireRequest } from '../../service.ts';
import { State } from '../../state/state.ts';
import { type S3Service, startS3Service } from './index.ts';

const REQUESTER = {
  type: 'AssumedRole' as const,
  arn: 'arn:aws:sts::000000000000:assumed-role/analyst/ada',
  accountId: '000000000000',
  userId: 'AROATEST:ada',
};

let folder: string;
let state: State;
let service: S3Service;
let asked: Access[] = [];
let denied = new Set<string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacustre-s3-access-'));
  state = State.open(folder);
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  service = await startS3Service(
    {
      region: 'eu-west-3',
      account: '000000000000',
      state,
      secrets: new SecretBox({ current: new Uint8Array(32) }),
      log,
      clock: Date.now,
      newId: () => crypto.randomUUID(),
      endpoint: () => 'http://127.0.0.1:4566',
      inside: {
        call: () => Promise.reject(new Error('S3 calls no other service')),
        asRole: () => REQUESTER,
        authorize: (_, access) => {
          asked.push(access);
          if (denied.has(access.action)) throw new AwsError('AccessDeniedException', `not ${access.action}`, 400);
        },
      },
    },
    { folder: join(folder, 's3'), outbox: { append: () => undefined } },
  );
  await service.store.createBucket('lake');
  await service.store.put({ bucket: 'lake', key: 'a/k', body: Buffer.from('x'), requester: REQUESTER });
});
afterAll(async () => {
  await service.close?.();
  await state.close();
  await rm(folder, { recursive: true, force: true });
});

async function send(method: string, url: string, headers: Record<string, string> = {}, body = ''): Promise<string> {
  asked = [];
  const [path = '', rawQuery = ''] = url.split('?');
  const wire: WireRequest = {
    method,
    path,
    rawQuery,
    query: new URLSearchParams(rawQuery),
    headers: { 'content-length': String(body.length), ...headers },
    body: Readable.from([Buffer.from(body)]),
    presigned: false,
  };
  const signal = new AbortController().signal;
  const caller: Caller = { principal: REQUESTER, requestId: 'request', sourceIp: '10.0.0.1', signal };
  try {
    const { status, body: answer } = await service.handle(wire, caller);
    if (answer instanceof Readable) answer.destroy();
    return String(status);
  } catch (error) {
    return error instanceof AwsError ? `${error.status} ${error.code}` : String(error);
  }
}

describe('every operation asks for its own permission', () => {
  const object = 'arn:aws:s3:::lake/a/k';
  const bucket = 'arn:aws:s3:::lake';
  const cases: [string, string, Record<string, string>, [string, string][]][] = [
    ['GET', '/', {}, [['s3:ListAllMyBuckets', '*']]],
    ['HEAD', '/lake', {}, [['s3:ListBucket', bucket]]],
    ['GET', '/lake?list-type=2', {}, [['s3:ListBucket', bucket]]],
    ['GET', '/lake?versions', {}, [['s3:ListBucketVersions', bucket]]],
    ['GET', '/lake?uploads', {}, [['s3:ListBucketMultipartUploads', bucket]]],
    ['GET', '/lake?encryption', {}, [['s3:GetEncryptionConfiguration', bucket]]],
    ['DELETE', '/lake?cors', {}, [['s3:PutBucketCORS', bucket]]],
    ['GET', '/lake/a/k', {}, [['s3:GetObject', object]]],
    ['GET', '/lake/a%2Fk?versionId=null', {}, [['s3:GetObjectVersion', object]]],
    ['GET', '/lake/a/k?tagging&versionId=null', {}, [['s3:GetObjectVersionTagging', object]]],
    ['PUT', '/lake/a/k', {}, [['s3:PutObject', object]]],
    [
      'PUT',
      '/lake/a/k',
      { 'x-amz-tagging': 'a=b' },
      [
        ['s3:PutObject', object],
        ['s3:PutObjectTagging', object],
      ],
    ],
    [
      'PUT',
      '/lake/copy',
      { 'x-amz-copy-source': '/lake/a/k?versionId=null' },
      [
        ['s3:GetObjectVersion', object],
        ['s3:PutObject', 'arn:aws:s3:::lake/copy'],
      ],
    ],
    ['POST', '/lake/a/k?uploads', {}, [['s3:PutObject', object]]],
    ['DELETE', '/lake/copy?versionId=null', {}, [['s3:DeleteObjectVersion', 'arn:aws:s3:::lake/copy']]],
    ['DELETE', '/lake/none', {}, [['s3:DeleteObject', 'arn:aws:s3:::lake/none']]],
  ];
  test.each(cases)('%s %s', async (method, url, headers, expected) => {
    expect(await send(method, url, headers)).toMatch(/^20/);
    expect(asked.map(({ action, resource }) => [action, resource])).toEqual(expected);
    denied = new Set(expected.slice(-1).map(([action]) => action));
    expect(await send(method, url, headers)).toBe('403 AccessDenied');
    denied.clear();
  });

  test('of an unfinished upload, even where there is none', async () => {
    expect(await send('DELETE', '/lake/a/k?uploadId=none')).toBe('404 NoSuchUpload');
    expect(asked.map(({ action }) => action)).toEqual(['s3:AbortMultipartUpload']);
    expect(await send('GET', '/lake/a/k?uploadId=none')).toBe('404 NoSuchUpload');
    expect(asked.map(({ action }) => action)).toEqual(['s3:ListMultipartUploadParts']);
  });
});

test('policies can see what a listing is about, and what a write brings with it', async () => {
  await send('GET', '/lake?list-type=2&prefix=a%2F&delimiter=%2F&max-keys=5');
  expect(asked[0]?.context).toMatchObject({
    's3:prefix': 'a/',
    's3:delimiter': '/',
    's3:max-keys': '5',
    's3:authType': 'REST-HEADER',
  });
  await send('PUT', '/lake/tagged', { 'x-amz-tagging': 'zone=raw', 'x-amz-storage-class': 'STANDARD_IA' });
  expect(asked[0]?.context).toMatchObject({
    's3:RequestObjectTag/zone': 'raw',
    's3:RequestObjectTagKeys': ['zone'],
    's3:x-amz-storage-class': 'STANDARD_IA',
  });
});

test('who may not list does not learn which objects there are', async () => {
  expect(await send('GET', '/lake/none')).toBe('404 NoSuchKey');
  denied = new Set(['s3:ListBucket']);
  expect(await send('GET', '/lake/none')).toBe('403 AccessDenied');
  expect(await send('HEAD', '/lake/none')).toBe('403 AccessDenied');
  expect(await send('GET', '/lake/a/k')).toBe('200');
  denied.clear();
});

test('deleting many asks for each, and deletes those that are allowed', async () => {
  const version = await service.store.put({
    bucket: 'lake',
    key: 'gone',
    body: Buffer.from('x'),
    requester: REQUESTER,
  });
  denied = new Set(['s3:DeleteObjectVersion']);
  const body =
    '<Delete><Object><Key>gone</Key></Object><Object><Key>a/k</Key><VersionId>null</VersionId></Object></Delete>';
  expect(await send('POST', '/lake?delete', {}, body)).toBe('200');
  denied.clear();
  expect(service.store.find('lake', version.key)).toBeUndefined();
  expect(service.store.find('lake', 'a/k')).toBeDefined();
});

test('a bucket that another account is expected to own is not given away', async () => {
  expect(await send('GET', '/lake/a/k', { 'x-amz-expected-bucket-owner': '111122223333' })).toBe('403 AccessDenied');
  expect(await send('GET', '/lake/a/k', { 'x-amz-expected-bucket-owner': '000000000000' })).toBe('200');
});

test('the evaluator finds a bucket’s policy', async () => {
  expect(service.resourcePolicy?.('arn:aws:s3:::lake/a/k')).toBeUndefined();
  const statement = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::lake' };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  expect(await send('PUT', '/lake?policy', {}, policy)).toBe('204');
  expect(service.resourcePolicy?.('arn:aws:s3:::lake/a/k')).toBe(policy);
  expect(service.resourcePolicy?.('arn:aws:s3:::lake')).toBe(policy);
});
