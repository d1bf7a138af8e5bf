import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteBucketCorsCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketInventoryConfigurationCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectAclCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type S3Bench, startS3Bench } from './testing.ts';

let bench: S3Bench;
beforeAll(async () => {
  bench = await startS3Bench();
});
afterAll(() => bench.close());

describe('who may in', () => {
  const policyFor = (Bucket: string, Principal: unknown, Condition?: unknown) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*`, Condition },
      ],
    });
  const account = { AWS: 'arn:aws:iam::000000000000:root' };

  test('is never everybody, while the bucket blocks public policies', async () => {
    const Bucket = await bench.bucket();
    const Policy = policyFor(Bucket, '*');
    const put = new PutBucketPolicyCommand({ Bucket, Policy });
    await expect(bench.s3.send(put)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(bench.s3.send(new GetBucketPolicyStatusCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    });
    const PublicAccessBlockConfiguration = { BlockPublicPolicy: false };
    await bench.s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    await bench.s3.send(put);
    const { PolicyStatus } = await bench.s3.send(new GetBucketPolicyStatusCommand({ Bucket }));
    expect(PolicyStatus).toEqual({ IsPublic: true });
  });

  test.each([
    ['one account', account, undefined],
    ['everybody of one network', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }],
    ['everybody of one organisation', { AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }],
  ])('%s is not the public', async (_, principal, condition) => {
    const Bucket = await bench.bucket();
    await bench.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policyFor(Bucket, principal, condition) }));
    const { PolicyStatus } = await bench.s3.send(new GetBucketPolicyStatusCommand({ Bucket }));
    expect(PolicyStatus).toEqual({ IsPublic: false });
  });

  test.each([
    ['everybody of half the world', '*', { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } }],
    ['everybody who is not one', '*', { StringNotEquals: { 'aws:PrincipalAccount': '1' } }],
    ['any account of a pattern', '*', { StringLike: { 'aws:PrincipalAccount': '*' } }],
  ])('%s is the public', async (_, principal, condition) => {
    const Bucket = await bench.bucket();
    const put = new PutBucketPolicyCommand({ Bucket, Policy: policyFor(Bucket, principal, condition) });
    await expect(bench.s3.send(put)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('is the owner alone by the access control lists, which nobody can change', async () => {
    const Bucket = await bench.bucket();
    await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const alone = [{ Grantee: { Type: 'CanonicalUser', ID: '000000000000' }, Permission: 'FULL_CONTROL' }];
    expect((await bench.s3.send(new GetBucketAclCommand({ Bucket }))).Grants).toMatchObject(alone);
    expect((await bench.s3.send(new GetObjectAclCommand({ Bucket, Key: 'k' }))).Grants).toMatchObject(alone);
    await expect(bench.s3.send(new GetObjectAclCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    const acl = new PutObjectAclCommand({ Bucket, Key: 'k', ACL: 'public-read' });
    await expect(bench.s3.send(acl)).rejects.toMatchObject({ name: 'AccessControlListNotSupported' });
  });
});

describe('rejects', () => {
  test('a name that is no bucket’s, a place that is not here, and a bucket twice', async () => {
    for (const Bucket of ['Upper', 'ab', 'a..b', '192.168.0.1', '-a-', 'a_b']) {
      await expect(bench.s3.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
        name: 'InvalidBucketName',
      });
    }
    const elsewhere = { Bucket: 'elsewhere', CreateBucketConfiguration: { LocationConstraint: 'us-west-2' as const } };
    await expect(bench.s3.send(new CreateBucketCommand(elsewhere))).rejects.toMatchObject({
      name: 'IllegalLocationConstraintException',
    });
    const Bucket = await bench.bucket();
    await expect(bench.s3.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
    });
  });

  test('what was never configured', async () => {
    const Bucket = await bench.bucket();
    const reads = [
      [new GetBucketCorsCommand({ Bucket }), 'NoSuchCORSConfiguration'],
      [new GetBucketLifecycleConfigurationCommand({ Bucket }), 'NoSuchLifecycleConfiguration'],
      [new GetBucketPolicyCommand({ Bucket }), 'NoSuchBucketPolicy'],
      [new GetBucketTaggingCommand({ Bucket }), 'NoSuchTagSet'],
    ] as const;
    for (const [command, name] of reads) {
      await expect(bench.s3.send(command as GetBucketCorsCommand)).rejects.toMatchObject({ name });
    }
    await expect(bench.s3.send(new GetBucketCorsCommand({ Bucket: 'nowhere-at-all' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });

  test('an operation that it does not have, and says in the log which', async () => {
    const Bucket = await bench.bucket();
    const read = new GetBucketInventoryConfigurationCommand({ Bucket, Id: 'i' });
    await expect(bench.s3.send(read)).rejects.toMatchObject({
      name: 'NotImplemented',
      $metadata: { httpStatusCode: 501 },
    });
    expect(bench.lake.logged.some((line) => line.includes('GetBucketInventory'))).toBe(true);
  });

  test('settings that it could not keep its word on', async () => {
    const Bucket = await bench.bucket();
    const kms = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const } }] };
    await expect(
      bench.s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: kms })),
    ).rejects.toMatchObject({ name: 'NotImplemented' });
    const QueueConfigurations = [
      { QueueArn: 'arn:aws:sqs:eu-west-3:000000000000:q', Events: ['s3:ObjectCreated:*' as const] },
    ];
    await expect(
      bench.s3.send(
        new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: { QueueConfigurations } }),
      ),
    ).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  test('XML that is none, that has a DOCTYPE, or that never ends', async () => {
    const Bucket = await bench.bucket();
    const post = async (body: string): Promise<string> => {
      const command = new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [] } });
      const url = await getSignedUrl(bench.s3, command, { unsignableHeaders: new Set(['content-length']) });
      return (await fetch(url, { method: 'PUT', body })).text();
    };
    const tagging = (inner: string) =>
      `<Tagging><TagSet><Tag><Key>k</Key><Value>${inner}</Value></Tag></TagSet></Tagging>`;
    expect(await post(tagging('&lt;&#233;&gt;'))).toBe('');
    const { TagSet } = await bench.s3.send(new GetBucketTaggingCommand({ Bucket }));
    expect(TagSet).toEqual([{ Key: 'k', Value: '<é>' }]);
    const bad = [
      'nonsense',
      '<Tagging>',
      '<Tagging></Other>',
      '<Other/>',
      `<!DOCTYPE Tagging [<!ENTITY e SYSTEM "file:///etc/passwd">]>${tagging('&e;')}`,
      tagging('&nbsp;'),
      '<a>'.repeat(1000),
    ];
    for (const body of bad) expect(await post(body)).toContain('<Code>MalformedXML</Code>');
    expect(await post(tagging('x'.repeat(5 << 20)))).toContain('<Code>MaxMessageLengthExceeded</Code>');
  });

  test('a bucket that is not empty, markers included', async () => {
    const Bucket = await bench.bucket({ versioned: true });
    const { VersionId } = await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const marker = await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId }));
    const remove = () => bench.s3.send(new DeleteBucketCommand({ Bucket }));
    await expect(remove()).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: marker.VersionId }));
    await remove();
    await expect(bench.s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('a bucket', () => {
  test('is as AWS makes new ones', async () => {
    const Bucket = await bench.bucket();
    expect((await bench.s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe('eu-west-3');
    expect((await bench.s3.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe('eu-west-3');
    expect((await bench.s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    const { PublicAccessBlockConfiguration } = await bench.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(Object.values(PublicAccessBlockConfiguration ?? {})).toEqual([true, true, true, true]);
    const { OwnershipControls } = await bench.s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    expect(OwnershipControls).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
    const encryption = await bench.s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(encryption.ServerSideEncryptionConfiguration?.Rules?.[0]).toEqual({
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
      BucketKeyEnabled: false,
    });
    expect((await bench.s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toContain(Bucket);
  });

  test('gives its settings back as they were put', async () => {
    const Bucket = await bench.bucket({ events: true });
    const notification = await bench.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    expect(notification.EventBridgeConfiguration).toEqual({});
    const Rules = [
      {
        ID: 'old',
        Status: 'Enabled' as const,
        Filter: { Prefix: '' },
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
      },
    ];
    await bench.s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
    expect((await bench.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual(Rules);
    const PublicAccessBlockConfiguration = { BlockPublicAcls: true, IgnorePublicAcls: false };
    await bench.s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    const found = await bench.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(found.PublicAccessBlockConfiguration).toEqual(PublicAccessBlockConfiguration);
    const TagSet = [{ Key: 'a', Value: '' }];
    await bench.s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    expect((await bench.s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(TagSet);
  });

  test('has a policy, which is JSON about this bucket', async () => {
    const Bucket = await bench.bucket();
    const put = (Policy: string) => bench.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    const statement = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [`arn:aws:s3:::${Bucket}/*`] };
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await put(policy);
    expect((await bench.s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(policy);
    const other = JSON.stringify({ Statement: { ...statement, Resource: 'arn:aws:s3:::other/*' } });
    for (const bad of ['nonsense', '{}', '{"Statement":[{}]}', other]) {
      await expect(put(bad)).rejects.toMatchObject({ name: 'MalformedPolicy' });
    }
    await bench.s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    await expect(bench.s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    });
  });

  test('takes its unfinished uploads with it', async () => {
    const Bucket = await bench.bucket();
    await bench.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' }));
    await bench.s3.send(new DeleteBucketCommand({ Bucket }));
    await new S3Client(bench.lake.clientConfig).send(new CreateBucketCommand({ Bucket }));
    expect((await bench.s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
  });
});

describe('browsers of other origins', () => {
  const origin = 'https://console.example';
  const setCors = async () => {
    const Bucket = await bench.bucket();
    const CORSRules = [
      {
        AllowedOrigins: ['https://*.example'],
        AllowedMethods: ['PUT', 'GET'],
        AllowedHeaders: ['content-*'],
        ExposeHeaders: ['ETag'],
        MaxAgeSeconds: 300,
      },
    ];
    await bench.s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    expect((await bench.s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual(CORSRules);
    return Bucket;
  };
  const ask = (Bucket: string, headers: Record<string, string>) =>
    fetch(`${bench.lake.url}/${Bucket}/k`, { method: 'OPTIONS', headers });

  test('may ask before they send, and are told by the bucket’s rules', async () => {
    const Bucket = await setCors();
    const yes = await ask(Bucket, {
      origin,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type, Content-MD5',
    });
    expect(yes.status).toBe(200);
    expect(Object.fromEntries(yes.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'PUT, GET',
      'access-control-allow-headers': 'content-type, content-md5',
      'access-control-max-age': '300',
      'access-control-expose-headers': 'ETag',
    });
    const refused: Record<string, string>[] = [
      { origin: 'https://evil.test', 'access-control-request-method': 'PUT' },
      { origin, 'access-control-request-method': 'DELETE' },
      { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-other' },
    ];
    for (const headers of refused) {
      const no = await ask(Bucket, headers);
      expect(no.status).toBe(403);
      expect(no.headers.get('access-control-allow-origin')).toBeNull();
      expect(await no.text()).toContain('<Code>AccessForbidden</Code>');
    }
  });

  test('may ask with a presigned address, which is signed for what they will send', async () => {
    const Bucket = await setCors();
    const url = await getSignedUrl(bench.s3, new PutObjectCommand({ Bucket, Key: 'k' }));
    const asked = await fetch(url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'PUT' } });
    expect(asked.status).toBe(200);
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
  });

  test('may read answers, refusals too', async () => {
    const Bucket = await setCors();
    const url = await getSignedUrl(bench.s3, new PutObjectCommand({ Bucket, Key: 'k' }));
    const put = await fetch(url, { method: 'PUT', body: 'x', headers: { origin } });
    expect(put.status).toBe(200);
    expect(put.headers.get('access-control-allow-origin')).toBe(origin);
    expect(put.headers.get('access-control-expose-headers')).toBe('ETag');
    const refused = await fetch(url.replace('/k?', '/other?'), { method: 'PUT', body: 'x', headers: { origin } });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
  });

  test('get nothing where there are no rules', async () => {
    const Bucket = await setCors();
    await bench.s3.send(new DeleteBucketCorsCommand({ Bucket }));
    expect((await ask(Bucket, { origin, 'access-control-request-method': 'PUT' })).status).toBe(403);
  });
});
