import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLake, type TestLake } from '../testing/test-lake.ts';

const MINUTE_MS = 60_000;

let lake: TestLake;
let s3: S3Client;
beforeAll(async () => {
  lake = await startTestLake({ services: ['s3'] });
  s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'lake' }));
});
afterAll(() => lake.close());

type Config = Pick<S3ClientConfig, 'systemClockOffset' | 'maxAttempts'> &
  Omit<TestLake['clientConfig'], 'credentials'> & {
    credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  };
const ask: Record<string, (config: Config) => Promise<unknown>> = {
  s3: (config) => new S3Client(config).send(new ListBucketsCommand({})),
  query: (config) => new STSClient(config).send(new GetCallerIdentityCommand({})),
  json: (config) => new CloudWatchLogsClient(config).send(new DescribeLogGroupsCommand({})),
};

const credentials = () => lake.clientConfig.credentials;

describe('a request that is signed wrongly is refused in the words of its service', () => {
  const cases: [problem: string, family: string, code: string, status: number, change: () => Partial<Config>][] = [
    [
      'with a wrong secret',
      's3',
      'SignatureDoesNotMatch',
      403,
      () => ({ credentials: { ...credentials(), secretAccessKey: 'wrong' } }),
    ],
    [
      'with a wrong secret',
      'query',
      'SignatureDoesNotMatch',
      403,
      () => ({ credentials: { ...credentials(), secretAccessKey: 'wrong' } }),
    ],
    [
      'with a wrong secret',
      'json',
      'InvalidSignatureException',
      400,
      () => ({ credentials: { ...credentials(), secretAccessKey: 'wrong' } }),
    ],
    [
      'with an unknown key',
      's3',
      'InvalidAccessKeyId',
      403,
      () => ({ credentials: { ...credentials(), accessKeyId: 'AKIANOBODY' } }),
    ],
    [
      'with an unknown key',
      'query',
      'InvalidClientTokenId',
      403,
      () => ({ credentials: { ...credentials(), accessKeyId: 'AKIANOBODY' } }),
    ],
    [
      'with an unknown key',
      'json',
      'UnrecognizedClientException',
      400,
      () => ({ credentials: { ...credentials(), accessKeyId: 'AKIANOBODY' } }),
    ],
    ['20 minutes ago', 's3', 'RequestTimeTooSkewed', 403, () => ({ systemClockOffset: -20 * MINUTE_MS })],
    ['20 minutes ahead', 's3', 'RequestTimeTooSkewed', 403, () => ({ systemClockOffset: 20 * MINUTE_MS })],
    ['20 minutes ago', 'query', 'SignatureDoesNotMatch', 403, () => ({ systemClockOffset: -20 * MINUTE_MS })],
    ['20 minutes ago', 'json', 'InvalidSignatureException', 400, () => ({ systemClockOffset: -20 * MINUTE_MS })],
    ['for another region', 's3', 'AuthorizationHeaderMalformed', 400, () => ({ region: 'us-west-2' })],
    ['for another region', 'json', 'InvalidSignatureException', 400, () => ({ region: 'us-west-2' })],
    [
      'with a token that is no session’s',
      's3',
      'InvalidToken',
      400,
      () => ({ credentials: { ...credentials(), sessionToken: 'none' } }),
    ],
    [
      'with a token that is no session’s',
      'query',
      'InvalidClientTokenId',
      403,
      () => ({ credentials: { ...credentials(), sessionToken: 'none' } }),
    ],
  ];
  it.each(cases)('%s (%s): %s', async (_problem, family, code, status, change) => {
    const asked = ask[family]?.({ ...lake.clientConfig, maxAttempts: 1, ...change() });
    await expect(asked).rejects.toMatchObject({ name: code, $metadata: { httpStatusCode: status } });
  });

  it('10 minutes off is still taken', async () => {
    await ask.s3?.({ ...lake.clientConfig, systemClockOffset: 10 * MINUTE_MS });
  });

  it('without a signature', async () => {
    const json = await fetch(lake.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'Logs_20140328.DescribeLogGroups' },
      body: '{}',
    });
    expect([json.status, await json.json()]).toEqual([
      400,
      { __type: 'MissingAuthenticationTokenException', message: 'Request is missing Authentication Token' },
    ]);
    const query = await fetch(lake.url, { method: 'POST', body: new URLSearchParams({ Action: 'GetCallerIdentity' }) });
    expect([query.status, await query.text()]).toEqual([
      403,
      expect.stringContaining('<Code>MissingAuthenticationToken</Code>'),
    ]);
    const object = await fetch(`${lake.url}/lake/a`);
    expect([object.status, await object.text()]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')]);
  });

  it('with an older signature', async () => {
    const answer = await fetch(`${lake.url}/lake/a?AWSAccessKeyId=a&Signature=b&Expires=1`);
    expect(await answer.text()).toContain('Please use AWS4-HMAC-SHA256.');
  });
});

describe('a body that is not the one that was signed', () => {
  /** Changes the body after it was signed. */
  function tampering<C extends { middlewareStack: S3Client['middlewareStack'] }>(client: C): C {
    client.middlewareStack.add(
      (next) => (args) => {
        (args.request as { body: unknown }).body = Buffer.from('{"limit":9}');
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    return client;
  }

  it('is refused by a JSON service', async () => {
    const client = tampering(
      new CloudWatchLogsClient(lake.clientConfig) as unknown as S3Client,
    ) as unknown as CloudWatchLogsClient;
    await expect(client.send(new DescribeLogGroupsCommand({ limit: 8 }))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
  });

  it('is refused by S3, and nothing is kept', async () => {
    const put = new PutObjectCommand({ Bucket: 'lake', Key: 'tampered', Body: '{"limit":8}' });
    const config = { ...lake.clientConfig, requestChecksumCalculation: 'WHEN_REQUIRED' as const };
    await expect(tampering(new S3Client(config)).send(put)).rejects.toMatchObject({
      name: 'XAmzContentSHA256Mismatch',
    });
    await expect(s3.send(new GetObjectCommand({ Bucket: 'lake', Key: 'tampered' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
  });
});

describe('a presigned URL', () => {
  const Key = 'päth with (all) + of*it.txt';
  const sign = () => getSignedUrl(s3, new GetObjectCommand({ Bucket: 'lake', Key }), { expiresIn: 60 });
  beforeAll(() => s3.send(new PutObjectCommand({ Bucket: 'lake', Key, Body: 'hello' })));

  it('works as it is', async () => {
    const answer = await fetch(await sign());
    expect([answer.status, await answer.text()]).toEqual([200, 'hello']);
  });

  it('ends with its time', async () => {
    const signingDate = new Date(Date.now() - 5 * MINUTE_MS);
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: 'lake', Key }), { expiresIn: 60, signingDate });
    const answer = await fetch(url);
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
  });

  it('is for one key and one method only', async () => {
    const url = await sign();
    expect((await fetch(url.replace('hello', 'other'), { method: 'DELETE' })).status).toBe(403);
    expect(await (await fetch(url.replace('.txt', '.csv'))).text()).toContain('<Code>SignatureDoesNotMatch</Code>');
  });

  it('takes no header that was not signed', async () => {
    const answer = await fetch(await sign(), { headers: { 'x-amz-meta-owner': 'eve' } });
    expect(await answer.text()).toContain('<HeadersNotSigned>x-amz-meta-owner</HeadersNotSigned>');
  });

  it('lasts a week at most', async () => {
    const url = (await sign()).replace('X-Amz-Expires=60', 'X-Amz-Expires=604801');
    expect(await (await fetch(url)).text()).toContain('<Code>AuthorizationQueryParametersError</Code>');
  });
});
