/** A disk that is full, at every point of a request: only root can mount one that is small enough to fill. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keptFiles, type S3Bench, startS3Bench } from '../testing.ts';

const MIB = 1 << 20;
const FULL = { name: 'ServiceUnavailable', message: expect.stringMatching(/disk .* is full/) };
const mount = mkdtempSync(join(tmpdir(), 'lacustre-small-disk-'));
const filler = join(mount, 'filler');

const isMounted = (() => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', mount], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('The tests of a full disk are skipped: a small disk cannot be mounted here (it takes root).');
    return false;
  }
})();

afterAll(() => {
  if (isMounted) execFileSync('umount', ['-l', mount]);
  rmSync(mount, { recursive: true, force: true });
});

/** Fills the disk but for so many bytes. */
function fillDisk(freeBytes = 0): void {
  const fd = openSync(filler, 'a');
  const page = Buffer.alloc(4096, 1);
  let size = 0;
  try {
    for (;;) size += writeSync(fd, page);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(fd);
  }
  if (freeBytes > 0) truncateSync(filler, Math.max(0, size - freeBytes));
}

const freeDisk = () => rmSync(filler, { force: true });

describe.skipIf(!isMounted)('a full disk', () => {
  let bench: S3Bench;
  let Bucket: string;
  let fileCount: number;

  beforeAll(() => mkdirSync(join(mount, 'lake')));
  beforeAll(async () => {
    bench = await startS3Bench({ dataFolder: join(mount, 'lake') });
    Bucket = await bench.bucket();
  });
  afterAll(() => bench.close());

  beforeEach(async () => {
    await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'kept' }));
    fileCount = (await files()).length;
  });

  /** Whatever failed: what was there is there, nothing else is, and all is well once there is room again. */
  afterEach(async () => {
    const { Body } = await bench.s3.send(new GetObjectCommand({ Bucket, Key: 'kept' }));
    expect(await Body?.transformToString()).toBe('kept');
    freeDisk();
    await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'after', Body: Buffer.alloc(6 * MIB) }));
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'after' }));
    const { Contents } = await bench.s3.send(new ListObjectsV2Command({ Bucket }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(['kept']);
    expect(await files()).toHaveLength(fileCount);
  });

  const files = () => keptFiles(bench.folder);

  const put = (Key: string, Body: Buffer | string) => bench.s3.send(new PutObjectCommand({ Bucket, Key, Body }));

  async function create(Key: string) {
    const { UploadId } = await bench.s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const upload = { Bucket, Key, UploadId };
    fileCount++;
    const part = async (PartNumber: number, Body: Buffer) => {
      const { ETag } = await bench.s3.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
      return { PartNumber, ETag };
    };
    return { upload, part };
  }

  test('refuses an object that does not fit, wherever in it the space ends', async () => {
    for (const free of [0, 4096, 100_000, 3 * MIB, 7 * MIB]) {
      fillDisk(free);
      await expect(put('big', Buffer.alloc(8 * MIB))).rejects.toMatchObject(FULL);
      expect(await files()).toHaveLength(fileCount);
      freeDisk();
    }
  });

  test('refuses a part that does not fit, and keeps the parts that did', async () => {
    const { upload, part } = await create('parts');
    const first = await part(1, Buffer.alloc(5 * MIB, 1));
    for (const free of [0, 2 * MIB]) {
      fillDisk(free);
      await expect(part(2, Buffer.alloc(5 * MIB, 2))).rejects.toMatchObject(FULL);
      await expect(part(1, Buffer.alloc(5 * MIB, 3))).rejects.toMatchObject(FULL);
      freeDisk();
    }
    const { Parts } = await bench.s3.send(new ListPartsCommand(upload));
    expect(Parts?.map(({ ETag }) => ETag)).toEqual([first.ETag]);
    const second = await part(2, Buffer.alloc(100, 2));
    const MultipartUpload = { Parts: [first, second] };
    await bench.s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload }));
    const { ContentLength } = await bench.s3.send(new HeadObjectCommand({ Bucket, Key: 'parts' }));
    expect(ContentLength).toBe(5 * MIB + 100);
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'parts' }));
    fileCount--;
  });

  test('refuses to complete an upload whose parts must be copied, and keeps the upload', async () => {
    const { upload, part } = await create('copied');
    // Parts of unequal size have to be put together anew.
    const Parts = [await part(1, Buffer.alloc(5 * MIB, 1)), await part(2, Buffer.alloc(6 * MIB, 2))];
    const complete = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } });
    for (const free of [0, 8 * MIB]) {
      fillDisk(free);
      await expect(bench.s3.send(complete)).rejects.toMatchObject(FULL);
      freeDisk();
    }
    await bench.s3.send(complete);
    const { Body } = await bench.s3.send(new GetObjectCommand({ Bucket, Key: 'copied' }));
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    expect(bytes.equals(Buffer.concat([Buffer.alloc(5 * MIB, 1), Buffer.alloc(6 * MIB, 2)]))).toBe(true);
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'copied' }));
    fileCount--;
  });

  test('refuses what only the index has no room for, again and again', async () => {
    fillDisk();
    // Metadata that is big enough to need new pages.
    const Metadata = { much: 'x'.repeat(1900) };
    const empty = (Key: string) =>
      bench.s3.send(new PutObjectCommand({ Bucket, Key, Metadata, Body: Buffer.alloc(0) }));
    let refusals = 0;
    // A smaller change may still find room in pages that are free; what does not must say why.
    const isKept = (sent: Promise<unknown>) =>
      sent.then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject(FULL);
          refusals++;
          return false;
        },
      );
    const kept: string[] = [];
    for (let i = 0; i < 500 && refusals < 5; i++) if (await isKept(empty(`many/${i}`))) kept.push(`many/${i}`);
    expect(refusals).toBe(5);
    const CopySource = `${Bucket}/kept`;
    if (await isKept(bench.s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource })))) kept.push('copy');
    const upload = { Bucket, Key: 'upload' };
    if (await isKept(bench.s3.send(new CreateMultipartUploadCommand(upload)))) fileCount++;
    freeDisk();
    for (const Key of kept) await bench.s3.send(new DeleteObjectCommand({ Bucket, Key }));
  });

  test('lets go of objects, so that there is room again', async () => {
    await put('in the way', Buffer.alloc(4 * MIB));
    fillDisk();
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'in the way' }));
    await put('instead', Buffer.alloc(MIB));
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'instead' }));
  });
});
