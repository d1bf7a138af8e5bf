import { GetObjectCommand, GetObjectTaggingCommand, HeadObjectCommand, PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type S3Bench, startS3Bench } from './testing.ts';

let bench: S3Bench;
let Bucket: string;
beforeAll(async () => {
  bench = await startS3Bench();
  Bucket = await bench.bucket({ versioned: true });
});
afterAll(() => bench.close());

interface Sent {
  Key: string;
  Conditions?: PresignedPostOptions['Conditions'];
  Fields?: Record<string, string>;
  Expires?: number;
  /** Changes what was signed, before it is sent. */
  change?: (form: FormData) => void;
  body?: string | Uint8Array<ArrayBuffer>;
  fileName?: string;
}

async function send({ change, body = 'hello', fileName = 'own name.txt', ...options }: Sent): Promise<Response> {
  const { url, fields } = await createPresignedPost(bench.s3, { Bucket, ...options });
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  change?.(form);
  form.set('file', new Blob([body]), fileName);
  return fetch(url, { method: 'POST', body: form, redirect: 'manual', headers: { origin: 'http://page.test' } });
}

const refusal = async (sent: Sent): Promise<string> => {
  const answer = await send(sent);
  return `${answer.status} ${/<Code>(.*?)<\/Code>/.exec(await answer.text())?.[1]}`;
};
const read = async (Key: string): Promise<string | undefined> =>
  (await bench.s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

describe('a form uploads', () => {
  test('its file, with what it says of it', async () => {
    const Tagging = '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>';
    const Fields = { 'Content-Type': 'text/x-own', 'x-amz-meta-who': 'me', 'Cache-Control': 'no-store', Tagging };
    const answer = await send({ Key: 'said', Fields });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('etag')).toBe('"5d41402abc4b2a76b9719d911017c592"');
    expect(answer.headers.get('x-amz-version-id')).toMatch(/./);
    expect(await read('said')).toBe('hello');
    const head = await bench.s3.send(new HeadObjectCommand({ Bucket, Key: 'said', ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ ContentType: 'text/x-own', Metadata: { who: 'me' }, CacheControl: 'no-store' });
    expect(head.ChecksumCRC64NVME).toMatch(/=$/);
    const { TagSet } = await bench.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'said' }));
    expect(TagSet).toEqual([{ Key: 'a', Value: 'b' }]);
  });

  test('under the name that the file had', async () => {
    const Conditions = [['starts-with' as const, '$key', 'in/']] as PresignedPostOptions['Conditions'];
    const Key = 'in/${filename}';
    expect((await send({ Key, Conditions, fileName: 'C:\\own\\zoë.txt' })).status).toBe(204);
    expect(await read('in/zoë.txt')).toBe('hello');
  });

  test('a big file, of any bytes', async () => {
    const body = Uint8Array.from({ length: 3 << 20 }, (_, i) => (i * 31) % 251);
    expect((await send({ Key: 'big', body })).status).toBe(204);
    const { Body } = await bench.s3.send(new GetObjectCommand({ Bucket, Key: 'big' }));
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(Buffer.from(body))).toBe(true);
  });

  test('and is answered as it wishes', async () => {
    const wishes = (name: string, value: string) => ({ Key: 'wished', Fields: { [name]: value } });
    expect((await send(wishes('success_action_status', '200'))).status).toBe(200);
    expect((await send(wishes('success_action_status', '204'))).status).toBe(204);
    const created = await send(wishes('success_action_status', '201'));
    expect(created.status).toBe(201);
    expect(await created.text()).toContain(`<Bucket>${Bucket}</Bucket><Key>wished</Key>`);
    const moved = await send(wishes('success_action_redirect', 'http://page.test/done?a=b'));
    expect(moved.status).toBe(303);
    expect(moved.headers.get('location')).toBe(
      `http://page.test/done?a=b&bucket=${Bucket}&key=wished&etag=%225d41402abc4b2a76b9719d911017c592%22`,
    );
    expect((await send(wishes('success_action_redirect', 'no address'))).status).toBe(204);
  });

  test('from a page of another origin, if the bucket lets it', async () => {
    const CORSRules = [{ AllowedMethods: ['POST'], AllowedOrigins: ['http://page.test'] }];
    await bench.s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    const answer = await send({ Key: 'other origin' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://page.test');
  });
});

describe('a form is refused', () => {
  test.each<[string, Sent, string]>([
    ['with another key than was signed', { Key: 'k', change: (f) => f.set('key', 'other') }, '403 AccessDenied'],
    ['with a field that was not signed', { Key: 'k', change: (f) => f.set('x-amz-meta-a', 'b') }, '403 AccessDenied'],
    [
      'with a value that begins otherwise',
      { Key: 'k', Conditions: [['starts-with', '$Content-Type', 'image/']], Fields: { 'Content-Type': 'text/html' } },
      '403 AccessDenied',
    ],
    ['when its time is over', { Key: 'k', Expires: -1 }, '403 AccessDenied'],
    ['too big', { Key: 'k', Conditions: [['content-length-range', 0, 4]] }, '400 EntityTooLarge'],
    ['too small', { Key: 'k', Conditions: [['content-length-range', 6, 9]] }, '400 EntityTooSmall'],
    [
      'with a signature of another',
      { Key: 'k', change: (f) => f.set('X-Amz-Signature', 'a'.repeat(64)) },
      '403 SignatureDoesNotMatch',
    ],
    [
      'by a key that nobody has',
      {
        Key: 'k',
        change: (f) => f.set('X-Amz-Credential', String(f.get('X-Amz-Credential')).replace(/^[^/]+/, 'NOBODY')),
      },
      '403 InvalidAccessKeyId',
    ],
    ['without a signature', { Key: 'k', change: (f) => f.delete('X-Amz-Signature') }, '400 InvalidArgument'],
    ['without a policy', { Key: 'k', change: (f) => f.delete('Policy') }, '403 AccessDenied'],
    ['without a key', { Key: 'k', change: (f) => f.delete('key') }, '400 InvalidArgument'],
    [
      'with more to say than S3 listens to',
      { Key: 'k', change: (f) => f.set('x-ignore-a', 'a'.repeat(30_000)) },
      '400 MaxPostPreDataLengthExceededError',
    ],
  ])('%s', async (_, sent, expected) => {
    expect(await refusal(sent)).toBe(expected);
    await expect(read('k')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('whose file breaks off, although all before it was right', async () => {
    const { url, fields } = await createPresignedPost(bench.s3, { Bucket, Key: 'k' });
    const said = Object.entries(fields).map(
      ([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const file = '--b\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\nhalf of';
    const body = said.join('') + file;
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
    expect(answer.status).toBe(400);
    await expect(read('k')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('that is none, or that breaks off', async () => {
    const post = (body: string, type = 'multipart/form-data; boundary=b') =>
      fetch(`${bench.lake.url}/${Bucket}`, { method: 'POST', body, headers: { 'content-type': type } });
    expect((await post('a=b', 'application/x-www-form-urlencoded')).status).toBe(412);
    expect((await post('--b--\r\n')).status).toBe(400);
    expect((await post('--b\r\ncontent-disposition: form-data; name="key"\r\n\r\nk')).status).toBe(400);
    expect((await post('no form at all')).status).toBe(400);
    const cut =
      '--b\r\ncontent-disposition: form-data; name="key"\r\n\r\nk\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\nhel';
    expect((await post(cut)).status).toBe(403);
  });
});
