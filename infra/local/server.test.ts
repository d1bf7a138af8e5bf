import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FrontDoor } from './server.ts';
import { startTestLake, type TestLake } from './testing/test-lake.ts';

let lake: TestLake;
let s3: S3Client;
let getUrl: string;
let putUrl: string;
beforeAll(async () => {
  lake = await startTestLake({ services: ['s3'] });
  s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'lake' }));
  await s3.send(new PutObjectCommand({ Bucket: 'lake', Key: 'a', Body: 'hello' }));
  getUrl = await getSignedUrl(s3, new GetObjectCommand({ Bucket: 'lake', Key: 'a' }));
  putUrl = await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'lake', Key: 'b' }));
});
afterAll(() => lake.close());

async function answerOf(request: http.ClientRequest): Promise<{ status: number | undefined; body: string }> {
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, body };
}

describe('one port', () => {
  it('speaks HTTP/2 with prior knowledge too', async () => {
    const { origin, pathname, search } = new URL(getUrl);
    const session = http2.connect(origin);
    const stream = session.request({ ':path': pathname + search });
    let body = '';
    for await (const chunk of stream) body += chunk;
    expect(body).toBe('hello');
    session.close();
  });

  it('answers what is neither with 400', async () => {
    const socket = net.connect(Number(new URL(lake.url).port), '127.0.0.1');
    socket.end('HELLO\r\n\r\n');
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('that is taken is told with what to do', async () => {
    const { port } = new URL(lake.url);
    await expect(FrontDoor.start({ port: Number(port), host: '127.0.0.1', handle: () => undefined })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is already taken by another program. Stop that program, or choose another port with LAKE_PORT.`,
    );
  });
});

describe('Expect: 100-continue', () => {
  const put = (url: string) =>
    http.request(url, { method: 'PUT', headers: { expect: '100-continue', 'content-length': 5 } });

  it('asks for the body once the request is believed', async () => {
    const request = put(putUrl);
    request.flushHeaders();
    await once(request, 'continue');
    request.end('world');
    expect((await answerOf(request)).status).toBe(200);
  });

  it('refuses before the body is sent', async () => {
    const request = put(`${lake.url}/lake/b`);
    let asked = false;
    request.once('continue', () => {
      asked = true;
    });
    request.flushHeaders();
    expect((await answerOf(request)).status).toBe(403);
    expect(asked).toBe(false);
    request.destroy();
  });
});

describe('a body that is not wanted', () => {
  it('does not keep the answer from its client, nor spoil the connection', async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const refused = http.request(`${lake.url}/lake/b`, { method: 'PUT', agent });
    refused.end(Buffer.alloc(8 * 1024 * 1024));
    expect((await answerOf(refused)).status).toBe(403);
    const next = http.request(getUrl, { agent });
    next.end();
    expect(await answerOf(next)).toEqual({ status: 200, body: 'hello' });
    agent.destroy();
  });

  it('that ends too early keeps nothing', async () => {
    const request = http.request(putUrl.replace('/lake/b', '/lake/b'), {
      method: 'PUT',
      headers: { 'content-length': 1000 },
    });
    request.on('error', () => undefined);
    request.write('wor');
    await new Promise((resolve) => setTimeout(resolve, 50));
    request.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const body = await s3
      .send(new GetObjectCommand({ Bucket: 'lake', Key: 'b' }))
      .then(({ Body }) => Body?.transformToString());
    expect(body).toBe('world');
  });

  it('that is too large for an operation is refused', async () => {
    const answer = await fetch(lake.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'Logs_20140328.DescribeLogGroups' },
      body: ' '.repeat(11 * 1024 * 1024),
    });
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([413, 'RequestEntityTooLargeException']);
  });
});

describe('closing', () => {
  it('ends idle connections, finishes a request in flight, takes no new one', async () => {
    let finish = () => {};
    const door = await FrontDoor.start({
      port: 0,
      host: '127.0.0.1',
      handle: (request, response) => {
        if (request.url === '/slow') finish = () => response.end('done');
        else response.end('quick');
      },
    });
    const agent = new http.Agent({ keepAlive: true });
    const quick = http.get(`${door.url}/quick`, { agent });
    expect((await answerOf(quick)).body).toBe('quick');
    const slow = http.get(`${door.url}/slow`, { agent: new http.Agent({ keepAlive: true }) });
    await expect.poll(() => finish.toString()).toContain('done');
    const closed = door.close();
    await expect(fetch(door.url)).rejects.toThrow();
    finish();
    expect((await answerOf(slow)).body).toBe('done');
    await closed;
  });
});
