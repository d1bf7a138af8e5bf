import { describe, expect, it } from 'vitest';
import { MultipartUpload, type UploadSnapshot, type UploadTransport } from './multipart-upload';

const PART = 10;

/** A store in memory that can be told to refuse parts. */
class FakeS3 implements UploadTransport {
  received = new Map<number, string>();
  completed: number[] | undefined;
  aborted = false;
  signed: number[][] = [];
  created = 0;
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
    if (this.refuse(number, attempt)) throw new Error('connection reset');
    this.received.set(number, await body.text());
    return `etag-${number}`;
  }
  async complete(_upload: object, parts: { number: number; etag: string }[]) {
    this.completed = parts.map((part) => part.number);
    return { versionId: 'v1' };
  }
  async abort() {
    this.aborted = true;
  }
}

function start(text: string, s3 = new FakeS3()) {
  const seen: UploadSnapshot[] = [];
  const upload = new MultipartUpload({
    file: new Blob([text]),
    transport: s3,
    onChange: (snapshot) => seen.push(snapshot),
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
    expect(String(upload.snapshot.problem)).toContain('Part 2 of 3: connection reset (3 tries)');
    expect(s3.completed).toBeUndefined();

    s3.refuse = () => false;
    s3.received.clear();
    await upload.send();
    expect(upload.snapshot).toMatchObject({ status: 'sent', versionId: 'v1', sentBytes: 25 });
    expect(s3.received.has(1)).toBe(false);
    expect(s3.created).toBe(1);
    expect(s3.completed).toEqual([1, 2, 3]);
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
});

it('sends an empty file as one empty part', async () => {
  const { s3, upload } = start('');
  await upload.send();
  expect(s3.received.get(1)).toBe('');
  expect(s3.completed).toEqual([1]);
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
  expect(s3.completed).toEqual([1, 2]);
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
