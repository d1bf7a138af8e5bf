import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  ListRolesCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

async function assume(name: string, input: Partial<AssumeRoleCommandInput> = {}, client = sts) {
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

describe('what a session brings with it', () => {
  const tags = [
    { Key: 'team', Value: 'data' },
    { Key: 'cost', Value: '7' },
  ];
  const trustAll = (actions: string[], Condition = {}) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: actions, Condition }],
    });
  const getOwn = (name: string, Condition: object) =>
    document({ Action: 'iam:GetRole', Resource: roleArn(name), Condition });
  const allow = (RoleName: string, PolicyDocument: string) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument }));

  it('are managed policies, of which one must allow', async () => {
    const made = async (PolicyName: string, Action: string) =>
      (await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: document({ Action, Resource: '*' }) })))
        .Policy?.Arn;
    const [gets, lists] = [await made('gets', 'iam:GetRole'), await made('lists', 'iam:ListRoles')];
    const get = async (arns: (string | undefined)[]) => {
      const session = await assume('reader', { PolicyArns: arns.map((arn) => ({ arn })) });
      return new IAMClient(session).send(new GetRoleCommand({ RoleName: 'reader' }));
    };
    await get([lists, gets]);
    await expect(get([lists])).rejects.toThrow('because no session policy allows the iam:GetRole action');
    await expect(get(['arn:aws:iam::000000000000:policy/none'])).rejects.toMatchObject({ name: 'NoSuchEntity' });
  });

  it('are tags, for which trust and permission are asked', async () => {
    await makeRole('untagged', trustAll(['sts:AssumeRole']));
    await expect(assume('untagged', { Tags: tags })).rejects.toThrow('sts:TagSession');
    await makeRole(
      'tagged',
      trustAll(['sts:AssumeRole', 'sts:TagSession'], { StringEquals: { 'aws:RequestTag/team': 'data' } }),
    );
    await allow(
      'tagged',
      getOwn('tagged', { StringEquals: { 'aws:PrincipalTag/team': 'data', 'aws:PrincipalTag/Cost': '7' } }),
    );
    const session = await assume('tagged', { Tags: tags });
    await new IAMClient(session).send(new GetRoleCommand({ RoleName: 'tagged' }));
    await expect(assume('tagged', { Tags: [{ Key: 'team', Value: 'ops' }] })).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await expect(assume('tagged', { Tags: [...tags, { Key: 'TEAM', Value: 'x' }] })).rejects.toThrow(
      'Duplicate tag keys',
    );
  });

  it('goes on to the next session where it is transitive', async () => {
    for (const name of ['first', 'second']) await makeRole(name, trustAll(['sts:AssumeRole', 'sts:TagSession']));
    await allow('first', document({ Action: 'sts:*', Resource: '*' }));
    await allow(
      'second',
      getOwn('second', {
        StringEquals: { 'aws:PrincipalTag/team': 'data' },
        Null: { 'aws:PrincipalTag/cost': 'true' },
      }),
    );
    const first = new STSClient(await assume('first', { Tags: tags, TransitiveTagKeys: ['team'] }));
    await new IAMClient(await assume('second', {}, first)).send(new GetRoleCommand({ RoleName: 'second' }));
    await expect(assume('second', { Tags: [{ Key: 'team', Value: 'x' }] }, first)).rejects.toThrow(
      'conflicts with a transitive tag key',
    );
    await expect(assume('first', { Tags: tags, TransitiveTagKeys: ['none'] })).rejects.toThrow(
      'must be included in the requested tags',
    );
  });

  it('is who stands behind it, which nobody changes on the way', async () => {
    const actions = ['sts:AssumeRole', 'sts:SetSourceIdentity'];
    await makeRole('outer', trustAll(actions, { StringLike: { 'sts:SourceIdentity': 'ana*' } }));
    await makeRole('inner', trustAll(actions));
    await makeRole('deaf', trustAll(['sts:AssumeRole']));
    await allow('outer', document({ Action: 'sts:*', Resource: '*' }));
    await allow('inner', getOwn('inner', { StringEquals: { 'aws:SourceIdentity': 'ana' } }));
    await expect(assume('outer')).rejects.toMatchObject({ name: 'AccessDenied' });
    const outer = new STSClient(await assume('outer', { SourceIdentity: 'ana' }));
    await new IAMClient(await assume('inner', {}, outer)).send(new GetRoleCommand({ RoleName: 'inner' }));
    await expect(assume('inner', { SourceIdentity: 'ben' }, outer)).rejects.toThrow('cannot be changed');
    await expect(assume('deaf', {}, outer)).rejects.toThrow('sts:SetSourceIdentity');
  });

  it('is when it began', async () => {
    await makeRole('dated', trusting({ AWS: account }));
    const Condition = { DateGreaterThanEquals: { 'aws:TokenIssueTime': new Date(now).toISOString() } };
    await allow('dated', getOwn('dated', Condition));
    await new IAMClient(await assume('dated')).send(new GetRoleCommand({ RoleName: 'dated' }));
  });
});

it('keeps to the bounds of a duration', async () => {
  for (const DurationSeconds of [899, 43_201]) {
    await expect(assume('reader', { DurationSeconds })).rejects.toMatchObject({ name: 'ValidationError' });
  }
  await iam.send(new UpdateRoleCommand({ RoleName: 'reader', MaxSessionDuration: 43_200 }));
  await assume('reader', { DurationSeconds: 43_200 });
  await allowChain();
  const chained = new STSClient(await assume('chaining'));
  await expect(assume('reader', { DurationSeconds: 3601 }, chained)).rejects.toThrow('role chaining');
});

async function allowChain(): Promise<void> {
  await makeRole('chaining', trusting({ AWS: account }));
  const PolicyDocument = document({ Action: 'sts:AssumeRole', Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'chaining', PolicyName: 'p', PolicyDocument }));
}

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
