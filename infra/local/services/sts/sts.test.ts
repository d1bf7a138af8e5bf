import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  ListRolesCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestLake, type TestLake } from '../../testing/test-lake.ts';

const HOUR_MS = 3_600_000;
const account = '000000000000';
const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const document = (statement: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
const trusting = (Principal: object | string) => document({ Principal, Action: 'sts:AssumeRole' });

let lake: TestLake;
let iam: IAMClient;
let sts: STSClient;
let folder: string;
let now = Date.now();
const start = () => startTestLake({ dataFolder: folder, clock: () => now });
// The SDK corrects its clock by answers that say it is off; the lake's clock is moved on purpose here.
const clientOf = (clientConfig: TestLake['clientConfig']) => ({ ...clientConfig, systemClockOffset: now - Date.now() });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacustre-sts-'));
  lake = await start();
  iam = new IAMClient(lake.clientConfig);
  sts = new STSClient(lake.clientConfig);
  await makeRole('reader', trusting({ AWS: `arn:aws:iam::${account}:root` }));
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'reader',
      PolicyName: 'read',
      PolicyDocument: document({ Action: 'iam:Get*', Resource: '*' }),
    }),
  );
});
afterAll(async () => {
  await lake.close();
  await rm(folder, { recursive: true });
});

const makeRole = (RoleName: string, AssumeRolePolicyDocument: string) =>
  iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));

async function assume(name: string, input: { DurationSeconds?: number; Policy?: string } = {}, client = sts) {
  const { Credentials } = await client.send(
    new AssumeRoleCommand({ RoleArn: roleArn(name), RoleSessionName: 'ana@example.org', ...input }),
  );
  return {
    ...clientOf(lake.clientConfig),
    expiration: Credentials?.Expiration,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  };
}

async function makeUser(UserName: string, policy?: string) {
  await iam.send(new CreateUserCommand({ UserName }));
  if (policy) await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument: policy }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
  return new STSClient({ ...lake.clientConfig, credentials });
}

it('gives credentials that act as the role, and as nothing more', async () => {
  const session = await assume('reader');
  expect(await new STSClient(session).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Arn: `arn:aws:sts::${account}:assumed-role/reader/ana@example.org`,
    UserId: expect.stringMatching(/^AROA[A-Z2-7]+:ana@example\.org$/),
  });
  const own = new IAMClient(session);
  await own.send(new GetRoleCommand({ RoleName: 'reader' }));
  await expect(own.send(new ListRolesCommand({}))).rejects.toThrow(
    `User: arn:aws:sts::${account}:assumed-role/reader/ana@example.org is not authorized to perform: iam:ListRoles`,
  );
});

it('forgets a permission at once when it is taken away', async () => {
  await makeRole('shrinking', trusting({ AWS: account }));
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'shrinking',
      PolicyName: 'p',
      PolicyDocument: document({ Action: 'iam:*', Resource: '*' }),
    }),
  );
  const own = new IAMClient(await assume('shrinking'));
  await own.send(new ListRolesCommand({}));
  await iam.send(new DeleteRolePolicyCommand({ RoleName: 'shrinking', PolicyName: 'p' }));
  await expect(own.send(new ListRolesCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
});

it('narrows a session by its policy', async () => {
  const session = await assume('reader', { Policy: document({ Action: 's3:*', Resource: '*' }) });
  await expect(new IAMClient(session).send(new GetRoleCommand({ RoleName: 'reader' }))).rejects.toThrow(
    'because no session policy allows the iam:GetRole action',
  );
});

it('asks trust policy and permission alike', async () => {
  await makeRole('for-services', trusting({ Service: 'lambda.amazonaws.com' }));
  await makeRole('for-dan', trusting({ AWS: `arn:aws:iam::${account}:user/dan` }));
  const dan = await makeUser('dan');
  const eve = await makeUser('eve', document({ Action: 'sts:AssumeRole', Resource: roleArn('reader') }));
  const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };
  await assume('for-dan', {}, dan);
  await assume('reader', {}, eve);
  await expect(assume('reader', {}, dan)).rejects.toMatchObject({
    ...denied,
    message: `User: arn:aws:iam::${account}:user/dan is not authorized to perform: sts:AssumeRole on resource: ${roleArn('reader')} because no identity-based policy allows the sts:AssumeRole action`,
  });
  await expect(assume('for-dan', {}, eve)).rejects.toMatchObject(denied);
  for (const name of ['for-services', 'no-such-role']) {
    await expect(assume(name)).rejects.toThrow('because no role trust policy allows the sts:AssumeRole action');
  }
});

it('refuses a session longer than the role allows', async () => {
  await expect(assume('reader', { DurationSeconds: 7200 })).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  });
});

it('refuses a token that was changed, and a temporary key without its token', async () => {
  const { credentials, ...session } = await assume('reader');
  const changed = { ...credentials, sessionToken: `${credentials.sessionToken.slice(0, -8)}AAAAAAA=` };
  const withoutToken = { accessKeyId: credentials.accessKeyId, secretAccessKey: credentials.secretAccessKey };
  for (const wrong of [changed, withoutToken]) {
    const client = new STSClient({ ...session, credentials: wrong });
    await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  }
});

it('ends sessions with their role, even if one of the same name is made', async () => {
  await makeRole('remade', trusting({ AWS: account }));
  const session = await assume('remade');
  await iam.send(new DeleteRoleCommand({ RoleName: 'remade' }));
  await makeRole('remade', trusting({ AWS: account }));
  await expect(new STSClient(session).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  });
});

it('keeps sessions across a restart, and ends them at their time', async () => {
  const { credentials, expiration } = await assume('reader');
  expect(expiration?.getTime()).toBe(now + HOUR_MS);
  await lake.close();
  lake = await start();
  const session = () => ({ ...clientOf(lake.clientConfig), credentials });
  await new STSClient(session()).send(new GetCallerIdentityCommand({}));
  now += HOUR_MS;
  await expect(new STSClient(session()).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'ExpiredToken',
  });
});
