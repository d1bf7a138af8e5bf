import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type LifecycleRule,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Outbox } from '../../state/outbox.ts';
import { State } from '../../state/state.ts';
import type { S3Event } from './events.ts';
import type { S3Service } from './index.ts';
import { type S3Bench, startS3Bench } from './testing.ts';

const DAY = 24 * 3600 * 1000;
let now: number;
let bench: S3Bench;
let ids = 0;
beforeAll(async () => {
  bench = await startS3Bench();
});
afterAll(() => bench.close());

const service = () => bench.lake.service('s3') as S3Service;
const setRules = (Bucket: string, ...Rules: Partial<LifecycleRule>[]) => setRulesOf(bench, Bucket, Rules);
const setRulesOf = ({ s3 }: S3Bench, Bucket: string, Rules: Partial<LifecycleRule>[]) =>
  s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: {
        Rules: Rules.map((rule) => ({ ID: `rule-${++ids}`, Status: 'Enabled', Filter: { Prefix: '' }, ...rule })),
      },
    }),
  );
const put = (Bucket: string, Key: string, more = {}) =>
  bench.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...more }));
const listed = async (Bucket: string): Promise<string[]> => {
  const { Versions = [], DeleteMarkers = [] } = await bench.s3.send(new ListObjectVersionsCommand({ Bucket }));
  return [...Versions.map(({ Key }) => `${Key}`), ...DeleteMarkers.map(({ Key }) => `${Key} marker`)].sort();
};
const sweepIn = (days: number) => service().lifecycle.sweep(now + days * DAY);

beforeEach(() => {
  now = Date.now();
});

describe('refuses', () => {
  const cases: [string, Partial<LifecycleRule>, string][] = [
    ['no action', {}, 'InvalidRequest'],
    ['no days at all', { Expiration: { Days: 0 } }, 'InvalidArgument'],
    ['days and a date', { Expiration: { Days: 1, Date: new Date(DAY) } }, 'MalformedXML'],
    ['a date in the middle of a day', { Expiration: { Date: new Date(DAY + 1000) } }, 'InvalidArgument'],
    ['neither filter nor prefix', { Filter: undefined, Expiration: { Days: 1 } }, 'MalformedXML'],
    ['a filter and a prefix', { Prefix: 'a', Expiration: { Days: 1 } }, 'MalformedXML'],
    ['one term alone in And', { Filter: { And: { Prefix: 'a' } }, Expiration: { Days: 1 } }, 'MalformedXML'],
    ['another status', { Status: 'On' as 'Enabled', Expiration: { Days: 1 } }, 'MalformedXML'],
    ['a name too long', { ID: 'x'.repeat(256), Expiration: { Days: 1 } }, 'InvalidArgument'],
    [
      'uploads by tag',
      { Filter: { Tag: { Key: 'a', Value: 'b' } }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
      'InvalidRequest',
    ],
    [
      'markers by tag',
      { Filter: { Tag: { Key: 'a', Value: 'b' } }, Expiration: { ExpiredObjectDeleteMarker: true } },
      'InvalidRequest',
    ],
    [
      'more newer versions than a hundred',
      { NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 101 } },
      'InvalidArgument',
    ],
    ['infrequent access too soon', { Transitions: [{ Days: 29, StorageClass: 'STANDARD_IA' }] }, 'InvalidArgument'],
    ['an archive', { Transitions: [{ Days: 90, StorageClass: 'GLACIER' }] }, 'NotImplemented'],
    [
      'to expire before it moves',
      { Expiration: { Days: 30 }, Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }] },
      'InvalidArgument',
    ],
  ];
  test.each(cases)('%s', async (_, rule, name) => {
    const Bucket = await bench.bucket();
    await expect(setRules(Bucket, rule)).rejects.toMatchObject({ name });
    await expect(bench.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchLifecycleConfiguration',
    });
  });

  test('two rules of one name, and names the one that has none', async () => {
    const Bucket = await bench.bucket();
    const rule = { ID: 'same', Expiration: { Days: 1 } };
    await expect(setRules(Bucket, rule, rule)).rejects.toMatchObject({ name: 'InvalidArgument' });
    await setRules(Bucket, { ID: undefined, Expiration: { Days: 1 } });
    const { Rules } = await bench.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    expect(Rules?.[0]?.ID).toMatch(/.{8}/);
  });
});

describe('carries out', () => {
  test('the end of objects of a prefix, a tag or a size, when their day is over', async () => {
    const Bucket = await bench.bucket();
    await setRules(
      Bucket,
      { Filter: { Prefix: 'tmp/' }, Expiration: { Days: 3 } },
      { Filter: { And: { Prefix: 'all/', Tags: [{ Key: 'keep', Value: 'no' }] } }, Expiration: { Days: 3 } },
      { Filter: { ObjectSizeGreaterThan: 10 }, Expiration: { Days: 3 } },
      { Status: 'Disabled', Expiration: { Days: 1 } },
    );
    for (const Key of ['tmp/a', 'all/a', 'kept']) await put(Bucket, Key);
    await put(Bucket, 'all/b', { Tagging: 'keep=no' });
    await put(Bucket, 'big', { Body: 'x'.repeat(11) });
    await sweepIn(2.9);
    expect(await listed(Bucket)).toHaveLength(5);
    await sweepIn(4);
    expect(await listed(Bucket)).toEqual(['all/a', 'kept']);
  });

  test('an end on a date', async () => {
    const Bucket = await bench.bucket();
    await setRules(Bucket, { Expiration: { Date: new Date(Math.ceil(now / DAY) * DAY) } });
    await put(Bucket, 'k');
    await service().lifecycle.sweep(now);
    expect(await listed(Bucket)).toEqual(['k']);
    await sweepIn(1);
    expect(await listed(Bucket)).toEqual([]);
  });

  test('the end of a version by a marker, of old versions for good, and of the marker that is left', async () => {
    const Bucket = await bench.bucket({ versioned: true });
    await setRules(
      Bucket,
      { Expiration: { Days: 5 } },
      { NoncurrentVersionExpiration: { NoncurrentDays: 10, NewerNoncurrentVersions: 1 } },
    );
    for (let i = 0; i < 3; i++) await put(Bucket, 'k');
    await sweepIn(6);
    expect(await listed(Bucket)).toEqual(['k', 'k', 'k', 'k marker']);
    await sweepIn(12);
    // One that is not current is kept however old it is.
    expect(await listed(Bucket)).toEqual(['k', 'k marker']);
    await setRules(Bucket, { NoncurrentVersionExpiration: { NoncurrentDays: 1 } });
    await sweepIn(12);
    expect(await listed(Bucket)).toEqual(['k marker']);
    await setRules(Bucket, { Expiration: { ExpiredObjectDeleteMarker: true } });
    await sweepIn(12);
    expect(await listed(Bucket)).toEqual([]);
  });

  test('a null marker in place of a null version, where versioning is suspended', async () => {
    const Bucket = await bench.bucket({ versioned: true });
    await put(Bucket, 'k');
    const VersioningConfiguration = { Status: 'Suspended' as const };
    await bench.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    await put(Bucket, 'k');
    await setRules(Bucket, { Expiration: { Days: 1 } });
    await sweepIn(3);
    expect(await listed(Bucket)).toEqual(['k', 'k marker']);
  });

  test('the end of unfinished uploads', async () => {
    const Bucket = await bench.bucket();
    await setRules(Bucket, { Filter: { Prefix: 'up/' }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } });
    for (const Key of ['up/a', 'other']) await bench.s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const open = async () =>
      (await bench.s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.map(({ Key }) => Key);
    await sweepIn(6);
    expect(await open()).toEqual(['other', 'up/a']);
    await sweepIn(8);
    expect(await open()).toEqual(['other']);
  });

  test('a move to another class, of objects that are worth it', async () => {
    const Bucket = await bench.bucket();
    await setRules(Bucket, {
      Transitions: [
        { Days: 30, StorageClass: 'STANDARD_IA' },
        { Days: 90, StorageClass: 'GLACIER_IR' },
      ],
    });
    await put(Bucket, 'big', { Body: Buffer.alloc(128 * 1024) });
    await put(Bucket, 'small');
    const classOf = async (Key: string) =>
      (await bench.s3.send(new HeadObjectCommand({ Bucket, Key }))).StorageClass ?? 'STANDARD';
    await sweepIn(31.1);
    expect([await classOf('big'), await classOf('small')]).toEqual(['STANDARD_IA', 'STANDARD']);
    await sweepIn(92);
    expect(await classOf('big')).toBe('GLACIER_IR');
  });

  test('more keys than are looked at in one go', async () => {
    const Bucket = await bench.bucket();
    await setRules(Bucket, { Filter: { Prefix: 'k' }, Expiration: { Days: 1 } });
    const { store } = service();
    const requester = { type: 'Root', arn: 'arn:aws:iam::0:root', accountId: '0', userId: '0' } as const;
    await Promise.all(
      Array.from({ length: 450 }, (_, i) =>
        store.put({ bucket: Bucket, key: `k${i}`, body: Buffer.from('x'), requester }),
      ),
    );
    await put(Bucket, 'z');
    await sweepIn(3);
    expect(await listed(Bucket)).toEqual(['z']);
  });
});

test('says when an object ends, to who writes and who reads it', async () => {
  const Bucket = await bench.bucket({ versioned: true });
  await setRules(Bucket, { ID: 'short lived', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 3 } });
  const { Expiration, VersionId } = await put(Bucket, 'tmp/k');
  const midnight = new Date(Math.ceil((now + 3 * DAY) / DAY) * DAY).toUTCString();
  expect(Expiration).toBe(`expiry-date="${midnight}", rule-id="short%20lived"`);
  const read = { Bucket, Key: 'tmp/k' };
  expect((await bench.s3.send(new HeadObjectCommand(read))).Expiration).toBe(Expiration);
  expect((await bench.s3.send(new GetObjectCommand(read))).Expiration).toBe(Expiration);
  expect((await bench.s3.send(new GetObjectCommand({ ...read, VersionId }))).Expiration).toBeUndefined();
  expect((await put(Bucket, 'other')).Expiration).toBeUndefined();
});

test('tells EventBridge that the lifecycle did it', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'lacustre-s3-lifecycle-'));
  const own = await startS3Bench({ dataFolder });
  const Bucket = await own.bucket({ versioned: true, events: true });
  await setRulesOf(own, Bucket, [{ Expiration: { Days: 1 }, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }]);
  await own.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
  const { lifecycle } = own.lake.service('s3') as S3Service;
  await lifecycle.sweep(now + 3 * DAY);
  await own.s3.send(new DeleteObjectCommand({ Bucket, Key: 'other' }));
  await lifecycle.sweep(now + 6 * DAY);
  await own.close();

  const state = State.open(dataFolder);
  const events = [...new Outbox<S3Event>(state).pending()].map(({ event }) => event).slice(1);
  await state.close();
  await rm(dataFolder, { recursive: true, force: true });
  expect(events.map(({ detail }) => [detail.object.key, detail.reason, detail['deletion-type']])).toEqual([
    ['k', 'Lifecycle Expiration', 'Delete Marker Created'],
    ['other', 'DeleteObject', 'Delete Marker Created'],
    ['k', 'Lifecycle Expiration', 'Permanently Deleted'],
    ['other', 'Lifecycle Expiration', 'Permanently Deleted'],
  ]);
  expect(events[0]?.detail.requester).toBe('s3.amazonaws.com');
  expect(events[0]?.detail).not.toHaveProperty('source-ip-address');
});
