import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLake, type TestLake } from '../../testing/test-lake.ts';

const account = '000000000000';
const Bucket = 'lake';
let lake: TestLake;
let iam: IAMClient;
let s3: S3Client;
beforeAll(async () => {
  lake = await startTestLake({ services: ['s3'] });
  iam = new IAMClient(lake.clientConfig);
  s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket }));
  for (const Key of ['open/a', 'secret/a']) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
});
afterAll(() => lake.close());

const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const setBucketPolicy = (...statements: object[]) =>
  s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policy(...statements) }));

async function userClient(UserName: string, ...statements: object[]): Promise<S3Client> {
  await iam.send(new CreateUserCommand({ UserName }));
  if (statements.length > 0) {
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument: policy(...statements) }));
  }
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
  return new S3Client({ ...lake.clientConfig, credentials });
}
const read = (client: S3Client, Key: string) => client.send(new GetObjectCommand({ Bucket, Key }));

describe('policies of a person and of a bucket together', () => {
  it('refuse in the words of S3', async () => {
    const nobody = await userClient('nobody');
    await expect(read(nobody, 'open/a')).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::${account}:user/nobody is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::lake/open/a" because no identity-based policy allows the s3:GetObject action`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('let a person list the prefix that a condition names, and no other', async () => {
    const lister = await userClient('lister', {
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::lake',
      Condition: { StringLike: { 's3:prefix': 'open/*' } },
    });
    const list = (Prefix?: string) => lister.send(new ListObjectsV2Command({ Bucket, Prefix }));
    expect((await list('open/')).Contents?.map(({ Key }) => Key)).toEqual(['open/a']);
    await expect(list('secret/')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(list()).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('let the bucket deny what the person is allowed, the root too, but not for want of TLS', async () => {
    const reader = await userClient('reader', { Effect: 'Allow', Action: 's3:*', Resource: '*' });
    const tls = {
      Sid: 'Tls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: 'arn:aws:s3:::lake/*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const secret = {
      Sid: 'Secret',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::lake/secret/*',
    };
    await setBucketPolicy(tls, secret);
    await read(reader, 'open/a');
    for (const client of [reader, s3]) {
      await expect(read(client, 'secret/a')).rejects.toThrow('with an explicit deny in a resource-based policy');
    }
  });

  it('let a bucket allow a person who has no policy of their own', async () => {
    const guest = await userClient('guest');
    await setBucketPolicy({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:user/guest` },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::lake/open/*',
    });
    await read(guest, 'open/a');
    await expect(read(guest, 'secret/a')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('take no bucket policy that could not be decided by', async () => {
    const typo = {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: 'arn:aws:s3:::lake/*',
      Condition: { Booool: { a: 'b' } },
    };
    await expect(setBucketPolicy(typo)).rejects.toMatchObject({
      name: 'MalformedPolicy',
      message: 'Statement[0].Condition.Booool: invalid Condition type : Booool.',
    });
  });
});

describe('a service acting as a role', () => {
  it('needs the trust of the role', async () => {
    const AssumeRolePolicyDocument = policy({
      Effect: 'Allow',
      Principal: { Service: 'states.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    });
    await iam.send(new CreateRoleCommand({ RoleName: 'machine', AssumeRolePolicyDocument }));
    const arn = `arn:aws:iam::${account}:role/machine`;
    expect(lake.lake.asRole(arn, 'states', 'run-1')).toMatchObject({
      type: 'AssumedRole',
      arn: `arn:aws:sts::${account}:assumed-role/machine/run-1`,
      roleName: 'machine',
    });
    expect(() => lake.lake.asRole(arn, 'lambda.amazonaws.com', 'x')).toThrow(
      'The service principal lambda.amazonaws.com is not authorized to assume the provided role',
    );
    expect(() => lake.lake.asRole(`${arn}s`, 'states', 'x')).toThrow('does not exist');
  });

  it('has only what the role has, in calls inside', async () => {
    const principal = lake.lake.asRole(`arn:aws:iam::${account}:role/machine`, 'states', 'run-1');
    await expect(lake.lake.call('iam', 'ListRoles', {}, principal)).rejects.toMatchObject({ code: 'AccessDenied' });
  });
});
