/** The stock `aws` command line against S3: what people type, and what it makes of odd names. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPeer } from '../../../testing/peer.ts';
import { type S3Bench, startS3Bench } from '../testing.ts';
import { keysOf, putMany } from './keys.ts';
import { contentsOf, makeOddFiles, type OddFiles } from './odd-files.ts';

const peer = findPeer('aws');

describe.skipIf(!peer)('aws', { timeout: 120_000 }, () => {
  let bench: S3Bench;
  let odd: OddFiles;
  let work: string;
  let environment: Record<string, string>;
  beforeAll(async () => {
    bench = await startS3Bench();
    odd = await makeOddFiles();
    work = await mkdtemp(path.join(tmpdir(), 'lacustre-aws-'));
    const { credentials, region, endpoint } = bench.lake.clientConfig;
    environment = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_PAGER: '',
      AWS_CONFIG_FILE: '/dev/null',
    };
  });
  afterAll(async () => {
    await bench.close();
    for (const folder of [odd.folder, work]) await rm(folder, { recursive: true, force: true });
  });

  /** Debian's old one does not read AWS_ENDPOINT_URL, so it is told twice. */
  const aws = (...args: string[]): Promise<string> =>
    peer?.run([...args, '--endpoint-url', bench.lake.url], environment) ?? Promise.reject(new Error('no aws'));
  const json = async <T>(...args: string[]): Promise<T> => JSON.parse(await aws('s3api', ...args, '--output', 'json'));

  test('syncs odd names and parts up and down, and finds nothing to do the second time', async () => {
    const Bucket = await bench.bucket();
    await aws('s3', 'sync', odd.folder, `s3://${Bucket}/in it/`, '--no-progress');
    expect((await keysOf(bench, Bucket)).sort()).toEqual(odd.names.map((name) => `in it/${name}`).sort());
    const down = path.join(work, 'down');
    await aws('s3', 'sync', `s3://${Bucket}/in it/`, down, '--no-progress');
    expect(await contentsOf(down)).toEqual(await contentsOf(odd.folder));
    expect(await aws('s3', 'sync', odd.folder, `s3://${Bucket}/in it/`)).toBe('');
  });

  test('copies, moves and removes', async () => {
    const Bucket = await bench.bucket();
    const at = (key: string) => `s3://${Bucket}/${key}`;
    await aws('s3', 'cp', path.join(odd.folder, 'big.bin'), at('a b/big+1'));
    await aws('s3', 'cp', at('a b/big+1'), at('ü/copy'));
    await aws('s3', 'mv', at('ü/copy'), at('moved😀'));
    expect(await keysOf(bench, Bucket)).toEqual(['a b/big+1', 'moved😀']);
    await aws('s3', 'cp', at('moved😀'), path.join(work, 'moved'));
    expect((await readFile(path.join(work, 'moved'))).equals(await readFile(path.join(odd.folder, 'big.bin')))).toBe(
      true,
    );
    await aws('s3', 'rm', at('a b/'), '--recursive');
    expect(await keysOf(bench, Bucket)).toEqual(['moved😀']);
  });

  test('keeps slashes where other tools lose them', async () => {
    const Bucket = await bench.bucket();
    const body = path.join(odd.folder, 'plain.txt');
    const keys = ['/leading', 'a//b', 'trailing/', 'a/../b', '//'];
    for (const key of keys) await aws('s3api', 'put-object', '--bucket', Bucket, '--key', key, '--body', body);
    expect((await keysOf(bench, Bucket)).sort()).toEqual(keys.toSorted());
    for (const key of keys) {
      await aws('s3api', 'get-object', '--bucket', Bucket, '--key', key, path.join(work, 'slashes'));
      expect(await readFile(path.join(work, 'slashes'), 'utf8')).toBe('this is plain.txt');
    }
  });

  test('signs an address that a stranger opens', async () => {
    const Bucket = await bench.bucket();
    await aws('s3', 'cp', path.join(odd.folder, 'plus+plus.txt'), `s3://${Bucket}/plus+ ü.txt`);
    const url = (await aws('s3', 'presign', `s3://${Bucket}/plus+ ü.txt`)).trim();
    expect(await (await fetch(url)).text()).toBe('this is plus+plus.txt');
    expect((await fetch(url.replace('plus', 'minus'))).status).toBe(403);
  });

  test('lists and removes more keys than one page holds', async () => {
    const Bucket = await bench.bucket();
    const count = await putMany(bench, Bucket);
    expect((await aws('s3', 'ls', `s3://${Bucket}`, '--recursive')).trim().split('\n')).toHaveLength(count);
    await aws('s3', 'rm', `s3://${Bucket}`, '--recursive', '--only-show-errors');
    await aws('s3', 'rb', `s3://${Bucket}`);
    await expect(keysOf(bench, Bucket)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  test('writes on conditions, and sees versions', async () => {
    const Bucket = await bench.bucket({ versioned: true });
    const body = path.join(work, 'body');
    const object = ['--bucket', Bucket, '--key', 'k'];
    const put = async (text: string, ...more: string[]) => {
      await writeFile(body, text);
      return json<{ ETag: string; VersionId: string }>('put-object', ...object, '--body', body, ...more);
    };
    const first = await put('one', '--if-none-match', '*');
    await expect(put('two', '--if-none-match', '*')).rejects.toThrow(/PreconditionFailed/);
    await put('two', '--if-match', first.ETag);
    await expect(put('three', '--if-match', first.ETag)).rejects.toThrow(/PreconditionFailed/);
    await aws('s3api', 'delete-object', ...object);
    const { Versions, DeleteMarkers } = await json<{ Versions: unknown[]; DeleteMarkers: { VersionId: string }[] }>(
      'list-object-versions',
      '--bucket',
      Bucket,
    );
    expect([Versions.length, DeleteMarkers.length]).toEqual([2, 1]);
    await aws('s3api', 'delete-object', ...object, '--version-id', DeleteMarkers[0]?.VersionId ?? '');
    await aws('s3api', 'get-object', ...object, '--version-id', first.VersionId, body);
    expect(await readFile(body, 'utf8')).toBe('one');
  });

  test('has checksums computed, checked and told', async () => {
    const Bucket = await bench.bucket();
    const object = ['--bucket', Bucket, '--key', 'k'];
    const body = path.join(odd.folder, 'plain.txt');
    for (const algorithm of ['CRC32', 'SHA1', 'SHA256']) {
      const put = await json<Record<string, string>>(
        'put-object',
        ...object,
        '--body',
        body,
        '--checksum-algorithm',
        algorithm,
      );
      const sum = put[`Checksum${algorithm}`];
      expect(sum).toMatch(/=$/);
      const told = await json<{ Checksum: Record<string, string> }>(
        'get-object-attributes',
        ...object,
        '--object-attributes',
        'Checksum',
      );
      expect(told.Checksum).toEqual({ [`Checksum${algorithm}`]: sum, ChecksumType: 'FULL_OBJECT' });
      const read = await json<Record<string, string>>(
        'get-object',
        ...object,
        '--checksum-mode',
        'ENABLED',
        path.join(work, 'sum'),
      );
      expect(read[`Checksum${algorithm}`]).toBe(sum);
    }
    const wrong = aws(
      's3api',
      'put-object',
      ...object,
      '--body',
      body,
      '--checksum-sha256',
      Buffer.alloc(32).toString('base64'),
    );
    await expect(wrong).rejects.toThrow(/BadDigest/);
  });

  test('sets a bucket up', async () => {
    const Bucket = 'from-the-command-line';
    await aws('s3', 'mb', `s3://${Bucket}`);
    const Rules = [{ ID: 'r', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 1 } }];
    const lifecycle = JSON.stringify({ Rules });
    const bucket = ['--bucket', Bucket];
    await aws('s3api', 'put-bucket-lifecycle-configuration', ...bucket, '--lifecycle-configuration', lifecycle);
    expect((await json<{ Rules: unknown }>('get-bucket-lifecycle-configuration', ...bucket)).Rules).toEqual(Rules);
    expect(await json('get-bucket-acl', ...bucket)).toMatchObject({ Grants: [{ Permission: 'FULL_CONTROL' }] });
    expect(await json('get-bucket-encryption', ...bucket)).toHaveProperty('ServerSideEncryptionConfiguration');
    await aws('s3', 'rb', `s3://${Bucket}`);
  });
});
