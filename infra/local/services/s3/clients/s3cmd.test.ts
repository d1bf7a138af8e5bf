/** s3cmd against S3: the oldest of the command lines, with ways of its own to sign and to list. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateMultipartUploadCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPeer } from '../../../testing/peer.ts';
import { type S3Bench, startS3Bench } from '../testing.ts';
import { keysOf, putMany } from './keys.ts';
import { contentsOf, makeOddFiles, type OddFiles } from './odd-files.ts';

const peer = findPeer('s3cmd');

describe.skipIf(!peer)('s3cmd', { timeout: 120_000 }, () => {
  let bench: S3Bench;
  let odd: OddFiles;
  let work: string;
  beforeAll(async () => {
    bench = await startS3Bench();
    odd = await makeOddFiles();
    work = await mkdtemp(path.join(tmpdir(), 'lacustre-s3cmd-'));
    const { credentials, region, endpoint } = bench.lake.clientConfig;
    const { host } = new URL(endpoint);
    const settings = {
      access_key: credentials.accessKeyId,
      secret_key: credentials.secretAccessKey,
      host_base: host,
      host_bucket: host,
      bucket_location: region,
      use_https: 'False',
      signature_v2: 'False',
      multipart_chunk_size_mb: '5',
      progress_meter: 'False',
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
    await writeFile(path.join(work, 'config'), ['[default]', ...lines].join('\n'));
  });
  afterAll(async () => {
    await bench.close();
    for (const folder of [odd.folder, work]) await rm(folder, { recursive: true, force: true });
  });

  const s3cmd = (...args: string[]): Promise<string> =>
    peer?.run(['-c', path.join(work, 'config'), ...args]) ?? Promise.reject(new Error('no s3cmd'));

  test('syncs odd names and parts up and down', async () => {
    const Bucket = await bench.bucket();
    await s3cmd('sync', `${odd.folder}/`, `s3://${Bucket}/in it/`);
    expect((await keysOf(bench, Bucket)).sort()).toEqual(odd.names.map((name) => `in it/${name}`).sort());
    await s3cmd('sync', `s3://${Bucket}/in it/`, `${path.join(work, 'down')}/`);
    expect(await contentsOf(path.join(work, 'down'))).toEqual(await contentsOf(odd.folder));
  });

  test('puts, copies, tells and removes', async () => {
    const Bucket = await bench.bucket();
    const at = (key: string) => `s3://${Bucket}/${key}`;
    await s3cmd('put', path.join(odd.folder, 'plus+plus.txt'), at('a+b ü.txt'), '--add-header=x-amz-meta-who:me');
    // Before its version 2.4 it gives a copy its source's access control list, which a bucket without any refuses on
    // AWS, too; the copy itself is there then.
    await s3cmd('cp', at('a+b ü.txt'), at('copy 😀')).catch((error: unknown) => {
      expect(String(error)).toContain('AccessControlListNotSupported');
    });
    expect(await keysOf(bench, Bucket)).toEqual(['a+b ü.txt', 'copy 😀']);
    const told = await s3cmd('info', at('copy 😀'));
    expect(told).toMatch(/x-amz-meta-who:\s*me/);
    expect(told).toMatch(/ACL:.*FULL_CONTROL/);
    await s3cmd('get', at('copy 😀'), path.join(work, 'copy'));
    expect(await readFile(path.join(work, 'copy'), 'utf8')).toBe('this is plus+plus.txt');
    await s3cmd('del', at('copy 😀'));
    expect(await keysOf(bench, Bucket)).toEqual(['a+b ü.txt']);
  });

  test('makes a bucket, tells its settings, sets its lifecycle, and removes it with more keys than a page holds', async () => {
    const bucket = 's3://made-by-s3cmd';
    await s3cmd('mb', bucket);
    expect(await s3cmd('info', bucket)).toMatch(/Payer:\s+BucketOwner/);
    await s3cmd('expire', bucket, '--expiry-days=3', '--expiry-prefix=tmp/');
    expect(await s3cmd('getlifecycle', bucket)).toMatch(/<Days>3<\/Days>/);
    const count = await putMany(bench, 'made-by-s3cmd');
    expect((await s3cmd('ls', '--recursive', bucket)).trim().split('\n')).toHaveLength(count);
    await s3cmd('rb', '--recursive', '--force', bucket);
    await expect(keysOf(bench, 'made-by-s3cmd')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  test('lists and ends an upload that is not finished', async () => {
    const Bucket = await bench.bucket();
    const { UploadId = '' } = await bench.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'never' }));
    expect(await s3cmd('multipart', `s3://${Bucket}`)).toContain(UploadId);
    await s3cmd('abortmp', `s3://${Bucket}/never`, UploadId);
    expect(await s3cmd('multipart', `s3://${Bucket}`)).not.toContain(UploadId);
  });
});
