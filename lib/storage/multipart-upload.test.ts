import { describe, expect, it, vi } from 'vitest';
import { fetchJson } from '@/lib/fetch-json';
import { crc64nvme, printCrc64 } from '@/lib/languages/checksum/crc64-nvme.ts';
import { MultipartUpload, type UploadSnapshot, type UploadTransport } from './multipart-upload';
import type { CompleteUpload } from './schemas';
import { SendFailure } from './send-failure';
import { sleep } from './sleep';

const PART = 10;

/** A store in memory that can be told to refuse parts. */
class FakeS3 implements UploadTransport {
  received = new Map<number, string>();
  completed: CompleteUpload | undefined;
  aborted = false;
  signed: number[][] = [];
  created = 0;
  refuseWhole: Error | undefined;
  refuse: (number: number, attempt: number) => boolean = () => false;
  hold: ((number: number) => Promise<void>) | undefined;
  recalled: Awaited<ReturnType<UploadTransport['recall']>>;
  #attempts = new Map<number, number>();

  async create() {
    this.created++;
    return { key: 'sales/a.csv', uploadId: 'u1', partSizeBytes: PART, urls: [{ number: 1, url: 'part:1' }] };
  }
  async recall() {
    return this.recalled;
  }
  async sign(_upload: object, numbers: number[]) {
    this.signed.push(numbers);
    return numbers.map((number) => ({ number, url: `part:${number}` }));
  }
  async put(url: string, body: Blob, { signal }: { signal: AbortSignal }) {
    const number = Number(url.slice('part:'.length));
    await this.hold?.(number);
    signal.throwIfAborted();
    const attempt = (this.#attempts.get(number) ?? 0) + 1;
    this.#attempts.set(number, attempt);
    if (this.refuse(number, attempt)) throw new SendFailure('unreachable');
    this.received.set(number, await body.text());
    return `etag-${number}`;
  }
  async complete(whole: CompleteUpload) {
    if (this.refuseWhole) throw this.refuseWhole;
    this.completed = whole;
    return { versionId: 'v1' };
  }
  async abort() {
    this.aborted = true;
  }
}

const crcOf = (text: string) => crc64nvme(new TextEncoder().encode(text));
const numbersOf = (whole: CompleteUpload | undefined) => whole?.parts.map((part) => part.number);

function start(text: string, s3 = new FakeS3(), file = new Blob([text])) {
  const seen: UploadSnapshot[] = [];
  const upload: MultipartUpload = new MultipartUpload({
    file,
    transport: s3,
    checksum: async (bytes) => crc64nvme(new Uint8Array(await bytes.arrayBuffer())),
    onChange: () => seen.push(upload.snapshot),
    sleep: async () => {},
  });
  return { s3, upload, seen };
}

describe('a part that fails', () => {
  it('is tried three times, then the upload fails and keeps what arrived', async () => {
    const { s3, upload } = start('x'.repeat(25));
    s3.refuse = (number) => number === 2;
    await upload.send();
    expect(upload.snapshot.status).toBe('failed');
    expect(upload.snapshot.problem).toMatchObject({ reason: 'unreachable', details: { part: 2, parts: 3, tries: 3 } });
    expect(upload.snapshot.parts[1]).toBe('failed');
    expect(s3.completed).toBeUndefined();

    s3.refuse = () => false;
    s3.received.clear();
    await upload.send();
    expect(upload.snapshot).toMatchObject({ status: 'sent', versionId: 'v1', sentBytes: 25 });
    expect(s3.received.has(1)).toBe(false);
    expect(s3.created).toBe(1);
    expect(numbersOf(s3.completed)).toEqual([1, 2, 3]);
  });

  it('asks for a new address, since the old one may have expired', async () => {
    const { s3, upload } = start('x'.repeat(5));
    s3.refuse = (_number, attempt) => attempt === 1;
    await upload.send();
    expect(upload.snapshot.status).toBe('sent');
    expect(s3.signed).toEqual([[1]]);
  });
});

it('sends every byte once, in parts', async () => {
  const { s3, upload, seen } = start('0123456789abcdefghijKLM');
  await upload.send();
  expect([...s3.received].sort().map(([, text]) => text)).toEqual(['0123456789', 'abcdefghij', 'KLM']);
  expect(seen.at(-1)).toMatchObject({ status: 'sent', parts: ['done', 'done', 'done'], totalBytes: 23 });
  expect(s3.completed).toMatchObject({ sizeBytes: 23, crc64: printCrc64(crcOf('0123456789abcdefghijKLM')) });
});

it('sends an empty file as one empty part', async () => {
  const { s3, upload } = start('');
  await upload.send();
  expect(s3.received.get(1)).toBe('');
  expect(numbersOf(s3.completed)).toEqual([1]);
});

it('stops when paused and goes on with the missing parts', async () => {
  const { s3, upload } = start('x'.repeat(50));
  let release = () => {};
  s3.hold = (number) => (number < 3 ? Promise.resolve() : new Promise((resolve) => (release = resolve)));
  const sending = upload.send();
  await new Promise((resolve) => setTimeout(resolve, 5));
  upload.pause();
  release();
  await sending;
  expect(upload.snapshot.status).toBe('paused');
  const arrived = s3.received.size;
  s3.hold = undefined;
  await upload.send();
  expect(upload.snapshot.status).toBe('sent');
  expect(arrived).toBeGreaterThan(0);
  expect(s3.received.size).toBe(5);
});

it('takes up an upload that was cut, with the parts that S3 holds', async () => {
  const s3 = new FakeS3();
  s3.recalled = {
    upload: { key: 'sales/a.csv', uploadId: 'u0', partSizeBytes: PART, urls: [] },
    parts: [{ number: 1, etag: 'etag-1', sizeBytes: PART }],
  };
  const { upload } = start('x'.repeat(15), s3);
  await upload.send();
  expect(s3.created).toBe(0);
  expect([...s3.received.keys()]).toEqual([2]);
  expect(numbersOf(s3.completed)).toEqual([1, 2]);
});

describe('the whole file’s checksum', () => {
  it('is that of the bytes on disk, though some parts were sent before', async () => {
    const s3 = new FakeS3();
    s3.recalled = {
      upload: { key: 'sales/a.csv', uploadId: 'u0', partSizeBytes: PART, urls: [] },
      parts: [2, 1].map((number) => ({ number, etag: `etag-${number}`, sizeBytes: PART })),
    };
    const text = 'abcdefghijABCDEFGHIJ01234';
    await start(text, s3).upload.send();
    expect([...s3.received.keys()]).toEqual([3]);
    expect(s3.completed?.crc64).toBe(printCrc64(crcOf(text)));
  });

  it('keeps another file from being put behind the parts of the first', async () => {
    const s3 = new FakeS3();
    const held = { number: 1, etag: 'etag-1', sizeBytes: PART, crc64: printCrc64(crcOf('abcdefghij')) };
    const before = { key: 'sales/a.csv', uploadId: 'u0', partSizeBytes: PART, urls: [] };
    s3.recalled = { upload: before, parts: [held] };
    const { upload } = start('ABCDEFGHIJ01234', s3);
    await upload.send();
    expect(upload.snapshot).toMatchObject({ status: 'failed', problem: { reason: 'differs', details: { part: 1 } } });
    expect(s3.received.size).toBe(0);
    // Tried again it begins anew, and S3 forgets the other's parts.
    await upload.send();
    expect(s3.aborted).toBe(true);
    expect(upload.snapshot.status).toBe('sent');
    expect([...s3.received.keys()]).toEqual([1, 2]);
  });

  it('makes the file go anew when S3 has other bytes', async () => {
    const s3 = new FakeS3();
    const report = { code: 'INVALID', message: 'other bytes', requestId: 'r' };
    vi.stubGlobal('fetch', async () => Response.json({ error: report }, { status: 400 }));
    s3.refuseWhole = await fetchJson<never>('/x').catch((error: Error) => error);
    vi.unstubAllGlobals();
    const { upload } = start('x'.repeat(15), s3);
    await upload.send();
    expect(upload.snapshot.status).toBe('failed');
    s3.refuseWhole = undefined;
    await upload.send();
    expect([s3.aborted, s3.created, upload.snapshot.status]).toEqual([true, 2, 'sent']);
  });
});

it('says that the file cannot be read, and does not blame the line', async () => {
  const file = new Blob(['x'.repeat(5)]);
  const gone = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
  file.slice = () => Object.assign(new Blob(['x']), { arrayBuffer: gone });
  const { s3, upload } = start('', new FakeS3(), file);
  s3.refuse = () => true;
  await upload.send();
  expect(upload.snapshot.problem).toMatchObject({ reason: 'unreadable', details: { part: 1 } });
});

it('does not ask S3 again about an upload that it has forgotten, and begins anew', async () => {
  const { s3, upload } = start('x'.repeat(5));
  s3.put = async () => {
    throw new SendFailure('refused', { status: 404, code: 'NoSuchUpload' });
  };
  await upload.send();
  expect(upload.snapshot.problem).toMatchObject({ details: { tries: 1 } });
  s3.put = FakeS3.prototype.put;
  await upload.send();
  expect([s3.created, upload.snapshot.status]).toEqual([2, 'sent']);
});

it('counts ten thousand parts without looking at all of them each time', async () => {
  const { s3, upload, seen } = start('x'.repeat(PART * 2000));
  await upload.send();
  expect(s3.received.size).toBe(2000);
  expect(seen.at(-1)?.sentBytes).toBe(PART * 2000);
});

it('can be paused while it waits to try again', async () => {
  const s3 = new FakeS3();
  s3.refuse = () => true;
  const upload = new MultipartUpload({
    file: new Blob(['x']),
    transport: s3,
    checksum: async () => ({ high: 0, low: 0 }),
    onChange: () => {},
    sleep,
  });
  const sending = upload.send();
  await sleep(10);
  upload.pause();
  await sending;
  expect(upload.snapshot.status).toBe('paused');
});

it('asks S3 to forget a cancelled upload, and never sends it again', async () => {
  const { s3, upload } = start('x'.repeat(30));
  s3.refuse = () => true;
  await upload.send();
  await upload.cancel();
  expect(s3.aborted).toBe(true);
  await upload.send();
  expect(upload.snapshot.status).toBe('cancelled');
});
