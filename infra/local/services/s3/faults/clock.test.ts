import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { Outbox } from '../../../state/outbox.ts';
import { State } from '../../../state/state.ts';
import type { S3Event } from '../events.ts';
import { startS3Bench } from '../testing.ts';

const MINUTE = 60_000;

test('the order of versions is the order of writes, however the clock jumps, and over a restart', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'lacustre-s3-clock-'));
  // Within the quarter of an hour that signatures allow.
  const jumps = [0, -10, 12, -13, 13, -5, -5, -14, 0, 14];
  let minutes = 0;
  const clock = () => Date.now() + minutes * MINUTE;
  let bench = await startS3Bench({ dataFolder, clock });
  const Bucket = await bench.bucket({ versioned: true, events: true });
  const Key = 'k';
  const written: (string | undefined)[] = [];
  for (const [i, jump] of jumps.entries()) {
    minutes = jump;
    if (i === 5) {
      await bench.close();
      bench = await startS3Bench({ dataFolder, clock });
    }
    const { VersionId } = await bench.s3.send(new PutObjectCommand({ Bucket, Key, Body: String(i) }));
    written.unshift(VersionId);
    const { Body } = await bench.s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await Body?.transformToString()).toBe(String(i));
  }
  const { Versions = [] } = await bench.s3.send(new ListObjectVersionsCommand({ Bucket }));
  expect(Versions.map(({ VersionId }) => VersionId)).toEqual(written);
  expect(Versions.map(({ IsLatest }) => IsLatest).indexOf(true)).toBe(0);
  minutes = -14;
  await bench.s3.send(new DeleteObjectCommand({ Bucket, Key }));
  await expect(bench.s3.send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: 'NoSuchKey' });
  await bench.close();

  const state = State.open(dataFolder);
  const sequencers = [...new Outbox<S3Event>(state).pending()].map(({ event }) => event.detail.object.sequencer);
  await state.close();
  await rm(dataFolder, { recursive: true, force: true });
  expect(sequencers).toHaveLength(jumps.length + 1);
  expect(sequencers).toEqual(sequencers.toSorted());
});
