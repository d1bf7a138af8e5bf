import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { Outbox } from '../../state/outbox.ts';
import { State } from '../../state/state.ts';
import type { S3Event } from './events.ts';
import { startS3Bench } from './testing.ts';

test('every change of a bucket with EventBridge is told in its order, in AWS’s words', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'lacustre-s3-events-'));
  const bench = await startS3Bench({ dataFolder });
  const Bucket = await bench.bucket({ versioned: true, events: true });
  const silent = await bench.bucket({ versioned: true });
  const Key = 'sales/a b+ü.csv';
  await bench.s3.send(new PutObjectCommand({ Bucket: silent, Key, Body: 'unheard' }));
  const put = await bench.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello' }));
  await bench.s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: encodeURI(`${Bucket}/${Key}`) }));
  const { UploadId } = await bench.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'parts' }));
  const { ETag } = await bench.s3.send(
    new UploadPartCommand({ Bucket, Key: 'parts', UploadId, PartNumber: 1, Body: 'x' }),
  );
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  await bench.s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'parts', UploadId, MultipartUpload }));
  const marker = await bench.s3.send(new DeleteObjectCommand({ Bucket, Key }));
  await bench.s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: put.VersionId }));
  await expect(
    bench.s3.send(new PutObjectCommand({ Bucket, Key: 'copy', Body: 'x', IfNoneMatch: '*' })),
  ).rejects.toThrow();
  await bench.close();

  const state = State.open(dataFolder);
  const events = [...new Outbox<S3Event>(state).pending()].map(({ event }) => event);
  await state.close();
  await rm(dataFolder, { recursive: true, force: true });

  expect(events[0]).toEqual({
    version: '0',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '000000000000',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    region: 'eu-west-3',
    resources: [`arn:aws:s3:::${Bucket}`],
    detail: {
      version: '0',
      bucket: { name: Bucket },
      object: {
        key: Key,
        size: 5,
        etag: '5d41402abc4b2a76b9719d911017c592',
        'version-id': put.VersionId,
        sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
      },
      'request-id': expect.any(String),
      requester: '000000000000',
      'source-ip-address': '127.0.0.1',
      reason: 'PutObject',
    },
  });
  expect(events.map(({ detail }) => [detail.reason, detail.object.key, detail['deletion-type']])).toEqual([
    ['PutObject', Key, undefined],
    ['CopyObject', 'copy', undefined],
    ['CompleteMultipartUpload', 'parts', undefined],
    ['DeleteObject', Key, 'Delete Marker Created'],
    ['DeleteObject', Key, 'Permanently Deleted'],
  ]);
  expect(events[3]?.['detail-type']).toBe('Object Deleted');
  expect(events[3]?.detail.object['version-id']).toBe(marker.VersionId);
  expect(events[4]?.detail.object['version-id']).toBe(put.VersionId);
  const sequencers = events.map(({ detail }) => detail.object.sequencer);
  expect(sequencers).toEqual(sequencers.toSorted());
  expect(new Set(sequencers).size).toBe(sequencers.length);
});
