/** rclone against S3: it is what people mirror folders with, and it looks at every ETag. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateMultipartUploadCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPeer } from '../../../testing/peer.ts';
import { type S3Bench, startS3Bench } from '../testing.ts';
import { keysOf, putMany } from './keys.ts';
import { contentsOf, makeOddFiles, type OddFiles } from './odd-files.ts';

const peer = findPeer('rclone', ['version']);

describe.skipIf(!peer)('rclone', { timeout: 120_000 }, () => {
  let bench: S3Bench;
  let odd: OddFiles;
  let work: string;
  let environment: Record<string, string>;
  beforeAll(async () => {
    bench = await startS3Bench();
    odd = await makeOddFiles();
    work = await mkdtemp(path.join(tmpdir(), 'lacustre-rclone-'));
    const { credentials, region, endpoint } = bench.lake.clientConfig;
    environment = {
      // It takes none beside its own, and there is nothing to certify on a plain port.
      AWS_CA_BUNDLE: '',
      RCLONE_CONFIG: '/dev/null',
      RCLONE_CONFIG_LAKE_TYPE: 's3',
      // As AWS it would put the bucket before a host that is an address of numbers.
      RCLONE_CONFIG_LAKE_PROVIDER: 'Other',
      RCLONE_CONFIG_LAKE_ENDPOINT: endpoint,
      RCLONE_CONFIG_LAKE_REGION: region,
      RCLONE_CONFIG_LAKE_LOCATION_CONSTRAINT: region,
      RCLONE_CONFIG_LAKE_FORCE_PATH_STYLE: 'true',
      RCLONE_CONFIG_LAKE_ACCESS_KEY_ID: credentials.accessKeyId,
      RCLONE_CONFIG_LAKE_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      RCLONE_CONFIG_LAKE_UPLOAD_CUTOFF: '5M',
      RCLONE_CONFIG_LAKE_CHUNK_SIZE: '5M',
      RCLONE_RETRIES: '1',
      RCLONE_LOW_LEVEL_RETRIES: '1',
    };
  });
  afterAll(async () => {
    await bench.close();
    for (const folder of [odd.folder, work]) await rm(folder, { recursive: true, force: true });
  });

  const rclone = (...args: string[]): Promise<string> =>
    peer?.run(args, environment) ?? Promise.reject(new Error('no rclone'));

  test('mirrors odd names and parts up and down, and finds no difference', async () => {
    const Bucket = await bench.bucket();
    await rclone('sync', odd.folder, `lake:${Bucket}/in it`);
    expect((await keysOf(bench, Bucket)).sort()).toEqual(odd.names.map((name) => `in it/${name}`).sort());
    await rclone('check', odd.folder, `lake:${Bucket}/in it`);
    await rclone('sync', `lake:${Bucket}/in it`, path.join(work, 'down'));
    expect(await contentsOf(path.join(work, 'down'))).toEqual(await contentsOf(odd.folder));
  });

  test('copies on the server, moves, and removes', async () => {
    const Bucket = await bench.bucket();
    await rclone('copyto', path.join(odd.folder, 'big.bin'), `lake:${Bucket}/big+ 1`);
    await rclone('copyto', `lake:${Bucket}/big+ 1`, `lake:${Bucket}/ü/😀`);
    await rclone('moveto', `lake:${Bucket}/ü/😀`, `lake:${Bucket}/moved`);
    expect(await keysOf(bench, Bucket)).toEqual(['big+ 1', 'moved']);
    await rclone('check', `lake:${Bucket}`, `lake:${Bucket}`, '--download');
    await rclone('deletefile', `lake:${Bucket}/moved`);
    expect(await keysOf(bench, Bucket)).toEqual(['big+ 1']);
  });

  test('makes a bucket, and purges one of more keys than a page holds', async () => {
    await rclone('mkdir', 'lake:made-by-rclone');
    const count = await putMany(bench, 'made-by-rclone');
    expect((await rclone('lsf', '-R', '--files-only', 'lake:made-by-rclone')).trim().split('\n')).toHaveLength(count);
    await rclone('purge', 'lake:made-by-rclone');
    await expect(keysOf(bench, 'made-by-rclone')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  test('signs an address that a stranger opens', async () => {
    const Bucket = await bench.bucket();
    await rclone('copyto', path.join(odd.folder, 'plain.txt'), `lake:${Bucket}/plus+ ü.txt`);
    const url = (await rclone('link', `lake:${Bucket}/plus+ ü.txt`)).trim();
    expect(await (await fetch(url)).text()).toBe('this is plain.txt');
  });

  test('reads an old version, and ends uploads that nobody will finish', async () => {
    const Bucket = await bench.bucket({ versioned: true });
    await rclone('copyto', path.join(odd.folder, 'plain.txt'), `lake:${Bucket}/k.txt`);
    await rclone('copyto', path.join(odd.folder, 'empty'), `lake:${Bucket}/k.txt`);
    const names = (await rclone('lsf', '--s3-versions', `lake:${Bucket}`)).trim().split('\n');
    expect(names).toHaveLength(2);
    const old = names.find((name) => name !== 'k.txt');
    expect(await rclone('cat', '--s3-versions', `lake:${Bucket}/${old}`)).toBe('this is plain.txt');
    await bench.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'never' }));
    await rclone('backend', 'cleanup', `lake:${Bucket}`, '-o', 'max-age=0s');
    expect((await bench.s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
  });
});
