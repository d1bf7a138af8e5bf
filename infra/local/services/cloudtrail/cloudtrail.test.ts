import { gunzipSync } from 'node:zlib';
import {
  CloudTrailClient,
  CreateTrailCommand,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  LookupEventsCommand,
  PutEventSelectorsCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { observedCalls } from '../../../../lib/languages/cloudtrail/observed-calls.ts';
import { TrailLogFile, type TrailRecord } from '../../../../lib/languages/cloudtrail/record.ts';
import { startTestLake, TEST_ACCOUNT, TEST_REGION, type TestLake } from '../../testing/test-lake.ts';
import { deliverNow, startTrail, TRAIL_ARN, TRAIL_BUCKET } from './testing.ts';

let lake: TestLake;
let s3: S3Client;
let iam: IAMClient;
let cloudTrail: CloudTrailClient;

beforeAll(async () => {
  lake = await startTestLake({ services: ['s3', 'cloudtrail'] });
  s3 = new S3Client(lake.clientConfig);
  iam = new IAMClient(lake.clientConfig);
  cloudTrail = new CloudTrailClient(lake.clientConfig);
  await startTrail(lake);
});
afterAll(() => lake.close());

async function logFiles(): Promise<string[]> {
  const Prefix = `AWSLogs/${TEST_ACCOUNT}/CloudTrail/`;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: TRAIL_BUCKET, Prefix }));
  return Contents.map(({ Key }) => Key ?? '');
}

async function textOf(Key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: TRAIL_BUCKET, Key }));
  return gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString();
}

/** What was delivered by now, of all log files. */
async function delivered(): Promise<TrailRecord[]> {
  await deliverNow(lake);
  const texts = await Promise.all((await logFiles()).map(textOf));
  return texts.flatMap((text) => TrailLogFile.parse(JSON.parse(text)).Records);
}

const put = (Key: string, Body = 'text') => s3.send(new PutObjectCommand({ Bucket: 'data', Key, Body }));
const of = (records: TrailRecord[], key: string) =>
  records.filter(({ requestParameters }) => requestParameters?.key === key);

async function assume(RoleName: string, policy: object) {
  const Principal = { AWS: `arn:aws:iam::${TEST_ACCOUNT}:root` };
  const document = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  const trust = document({ Principal, Action: 'sts:AssumeRole' });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: document(policy) }));
  const RoleArn = `arn:aws:iam::${TEST_ACCOUNT}:role/${RoleName}`;
  const sts = new STSClient(lake.clientConfig);
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ada@example.com' }));
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  return { ...lake.clientConfig, credentials };
}

describe('records', () => {
  it('say who did what, on what, from where, and with which key', async () => {
    const config = await assume('reader', { Action: 's3:*', Resource: 'arn:aws:s3:::data/*' });
    await put('who.csv');
    const answer = await new S3Client(config).send(new HeadObjectCommand({ Bucket: 'data', Key: 'who.csv' }));
    const [written, read] = of(await delivered(), 'who.csv');
    expect(written).toMatchObject({
      userIdentity: { type: 'Root', arn: `arn:aws:iam::${TEST_ACCOUNT}:root`, accessKeyId: 'AKIATESTROOT' },
      eventName: 'PutObject',
      readOnly: false,
    });
    expect(read).toMatchObject({
      eventVersion: '1.11',
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::${TEST_ACCOUNT}:assumed-role/reader/ada@example.com`,
        accessKeyId: config.credentials.accessKeyId,
        sessionContext: {
          sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${TEST_ACCOUNT}:role/reader`, userName: 'reader' },
          attributes: { creationDate: expect.stringMatching(/Z$/), mfaAuthenticated: 'false' },
        },
      },
      eventSource: 's3.amazonaws.com',
      eventName: 'HeadObject',
      awsRegion: TEST_REGION,
      sourceIPAddress: '127.0.0.1',
      userAgent: expect.stringContaining('aws-sdk-js'),
      requestParameters: { bucketName: 'data', key: 'who.csv' },
      responseElements: null,
      requestID: answer.$metadata.requestId,
      readOnly: true,
      resources: [
        { type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::data/who.csv' },
        { type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::data', accountId: TEST_ACCOUNT },
      ],
      managementEvent: false,
      eventCategory: 'Data',
      recipientAccountId: TEST_ACCOUNT,
    });
  });

  it('say what failed, and why', async () => {
    const config = await assume('nobody', { Action: 'sts:GetCallerIdentity', Resource: '*' });
    const own = { s3: new S3Client(config), iam: new IAMClient(config) };
    await own.s3.send(new GetObjectCommand({ Bucket: 'data', Key: 'denied' })).catch(() => undefined);
    await s3.send(new GetObjectCommand({ Bucket: 'data', Key: 'missing' })).catch(() => undefined);
    await own.iam.send(new GetRoleCommand({ RoleName: 'nobody' })).catch(() => undefined);
    const records = await delivered();
    expect(of(records, 'denied')).toMatchObject([
      { errorCode: 'AccessDenied', errorMessage: expect.stringContaining('s3:GetObject') },
    ]);
    expect(of(records, 'missing')).toMatchObject([{ errorCode: 'NoSuchKey' }]);
    const [asked] = records.filter(({ eventName, errorCode }) => eventName === 'GetRole' && errorCode);
    expect(asked).toMatchObject({ errorCode: 'AccessDenied', managementEvent: true });
    expect(observedCalls(records)).toContainEqual({
      roleArn: `arn:aws:iam::${TEST_ACCOUNT}:role/nobody`,
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::data/denied',
      count: 1,
      lastAt: expect.any(String),
      deniedCount: 1,
    });
  });

  it('keep no secret, whatever it was asked with', async () => {
    await iam.send(new CreateUserCommand({ UserName: 'eve' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'eve' }));
    const config = await assume('signer', { Action: 's3:*', Resource: '*' });
    const url = await getSignedUrl(new S3Client(config), new PutObjectCommand({ Bucket: 'data', Key: 'signed' }));
    expect((await fetch(url, { method: 'PUT', body: 'the body itself' })).status).toBe(200);
    const records = await delivered();
    expect(of(records, 'signed')).toMatchObject([{ additionalEventData: { AuthenticationMethod: 'QueryString' } }]);
    expect(records.find(({ eventName }) => eventName === 'CreateAccessKey')).toMatchObject({
      responseElements: { accessKey: { accessKeyId: AccessKey?.AccessKeyId, userName: 'eve' } },
    });
    const { Events = [] } = await cloudTrail.send(new LookupEventsCommand({}));
    const all = JSON.stringify([records, Events]);
    const { secretAccessKey, sessionToken } = config.credentials;
    const signature = new URL(url).searchParams.get('X-Amz-Signature') ?? '';
    for (const secret of [AccessKey?.SecretAccessKey, secretAccessKey, sessionToken, signature, 'the body itself']) {
      expect(secret?.length).toBeGreaterThan(10);
      expect(all).not.toContain(secret);
      expect(all).not.toContain(encodeURIComponent(secret ?? ''));
    }
  });

  it('name each object that one request deletes', async () => {
    await Promise.all(['one', 'two'].map((key) => put(`gone/${key}`)));
    const Objects = [{ Key: 'gone/one' }, { Key: 'gone/two' }];
    const answer = await s3.send(new DeleteObjectsCommand({ Bucket: 'data', Delete: { Objects } }));
    const of = (await delivered()).filter(({ requestID }) => requestID === answer.$metadata.requestId);
    expect(of.map(({ eventName, requestParameters }) => `${eventName} ${requestParameters?.key ?? ''}`)).toEqual([
      'DeleteObjects ',
      'DeleteObject gone/one',
      'DeleteObject gone/two',
    ]);
    expect(new Set(of.map(({ eventID }) => eventID)).size).toBe(3);
  });

  it('say where a copy came from', async () => {
    await put('from here');
    await s3.send(new CopyObjectCommand({ Bucket: 'data', Key: 'to', CopySource: 'data/from%20here' }));
    expect(of(await delivered(), 'to')).toMatchObject([
      { eventName: 'CopyObject', requestParameters: { 'x-amz-copy-source': 'data/from%20here' } },
    ]);
  });
});

describe('a trail', () => {
  it('keeps the objects that its selectors choose, and no others', async () => {
    await put('chosen');
    await s3.send(new PutObjectCommand({ Bucket: 'other', Key: 'unchosen', Body: 'text' }));
    await s3.send(new ListObjectsV2Command({ Bucket: 'data', Prefix: 'sa' }));
    const records = await delivered();
    expect(of(records, 'chosen')).toHaveLength(1);
    expect(of(records, 'unchosen')).toEqual([]);
    expect(records.filter(({ eventName }) => eventName === 'ListObjects')).toMatchObject([
      { requestParameters: { prefix: 'sa' }, resources: [{ ARNPrefix: 'arn:aws:s3:::data/sa' }, {}] },
    ]);
  });

  it('has nothing of its own delivery, and each call once', async () => {
    await put('once');
    await deliverNow(lake);
    const records = await delivered();
    expect(of(records, 'once')).toHaveLength(1);
    expect(JSON.stringify(records)).not.toContain(`${TRAIL_BUCKET}/AWSLogs`);
    const ids = records.map(({ eventID }) => eventID);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('lays its files where AWS does', async () => {
    await put('named');
    await deliverNow(lake);
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
    const name = `${TEST_ACCOUNT}_CloudTrail_${TEST_REGION}_\\d{8}T\\d{4}Z_[A-Z0-9]{16}\\.json\\.gz`;
    for (const key of await logFiles()) {
      expect(key).toMatch(new RegExp(`^AWSLogs/${TEST_ACCOUNT}/CloudTrail/${TEST_REGION}/${day}/${name}$`));
    }
  });

  it('tells of itself and of its selectors', async () => {
    const { trailList } = await cloudTrail.send(new DescribeTrailsCommand({}));
    expect(trailList).toMatchObject([{ Name: 'lacustre', TrailARN: TRAIL_ARN, LogFileValidationEnabled: true }]);
    const { AdvancedEventSelectors } = await cloudTrail.send(new GetEventSelectorsCommand({ TrailName: TRAIL_ARN }));
    expect(AdvancedEventSelectors).toHaveLength(2);
    await put('status');
    await deliverNow(lake);
    const status = await cloudTrail.send(new GetTrailStatusCommand({ Name: 'lacustre' }));
    expect(status).toMatchObject({ IsLogging: true, LatestDeliveryTime: expect.any(Date) });
    expect(status.LatestDeliveryError).toBeUndefined();
  });

  it.each([
    ['TrailAlreadyExistsException', { Name: 'lacustre', S3BucketName: TRAIL_BUCKET }],
    ['S3BucketDoesNotExistException', { Name: 'second', S3BucketName: 'no-such-bucket' }],
    ['InsufficientS3BucketPolicyException', { Name: 'second', S3BucketName: 'other' }],
    ['UnsupportedOperationException', { Name: 'second', S3BucketName: TRAIL_BUCKET, KmsKeyId: 'alias/k' }],
    ['InvalidParameterException', { Name: 'a b', S3BucketName: TRAIL_BUCKET }],
  ])('is refused with %s', async (name, input) => {
    await expect(cloudTrail.send(new CreateTrailCommand(input))).rejects.toMatchObject({ name });
  });

  it('refuses both kinds of selectors at once, and no such trail', async () => {
    const both = {
      EventSelectors: [{}],
      AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventName', Equals: ['x'] }] }],
    };
    await expect(
      cloudTrail.send(new PutEventSelectorsCommand({ TrailName: 'lacustre', ...both })),
    ).rejects.toMatchObject({ name: 'InvalidEventSelectorsException' });
    await expect(cloudTrail.send(new GetTrailStatusCommand({ Name: 'nothing' }))).rejects.toMatchObject({
      name: 'TrailNotFoundException',
    });
  });
});

describe('LookupEvents', () => {
  it('finds management events newest first, a page at a time, and no data events', async () => {
    for (let n = 0; n < 3; n++) await iam.send(new GetRoleCommand({ RoleName: `r${n}` })).catch(() => undefined);
    const LookupAttributes = [{ AttributeKey: 'EventName' as const, AttributeValue: 'GetRole' }];
    const first = await cloudTrail.send(new LookupEventsCommand({ LookupAttributes, MaxResults: 2 }));
    const { NextToken } = first;
    const second = await cloudTrail.send(new LookupEventsCommand({ LookupAttributes, MaxResults: 1, NextToken }));
    const asked = [...(first.Events ?? []), ...(second.Events ?? [])].map(
      ({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent ?? '').requestParameters.roleName,
    );
    expect(asked).toEqual(['r2', 'r1', 'r0']);
    const all = await cloudTrail.send(new LookupEventsCommand({}));
    expect(all.Events?.map(({ EventName }) => EventName)).not.toContain('PutObject');
  });
});
