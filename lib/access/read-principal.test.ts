import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import type { AwsClients } from '@/lib/aws/clients';
import { Decider } from './decider';
import { policySetOf, readPrincipal } from './read-principal';

const ROLE = 'lacustre-reader';
const OBJECT = 'arn:aws:s3:::zone/sales/object';
const policyArn = (name: string) => `arn:aws:iam::000000000000:policy/${name}`;
const statement = (Sid: string, Action: string | string[], Resource = '*', Effect = 'Allow') => ({
  ...{ Sid, Effect, Action, Resource },
});
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

let lake: TestLake;
let root: IAMClient;
const clients: { destroy(): void }[] = [];

beforeAll(async () => {
  lake = await startTestLake();
  root = new IAMClient(lake.clientConfig);
  clients.push(root);
  const trust = document({
    ...{ Effect: 'Allow', Action: 'sts:AssumeRole' },
    Principal: { AWS: 'arn:aws:iam::000000000000:root' },
  });
  await root.send(
    new CreateRoleCommand({ RoleName: ROLE, AssumeRolePolicyDocument: trust, Description: 'Reads sales' }),
  );
  // More than one page of IAM's lists, which have 100 entries.
  for (let i = 0; i <= 100; i++) await inline(`p${i}`, { Effect: 'Allow', Action: 's3:A', Resource: '*' });
  await inline('own', statement('SeeOwn', ['iam:GetRole', 'iam:ListRolePolicies', 'iam:GetRolePolicy']));
  await inline(
    'lists',
    statement('SeeLists', ['iam:ListAttachedRolePolicies', 'iam:GetPolicy', 'iam:GetPolicyVersion']),
  );
  await inline('closed', statement('NotLimit', 'iam:GetPolicy', policyArn('hidden'), 'Deny'));
  await managed('more', document(statement('Old', 's3:DeleteObject')));
  const now = document(statement('ReadAll', ['s3:GetObject', 's3:PutObject']));
  await root.send(
    new CreatePolicyVersionCommand({ PolicyArn: policyArn('more'), PolicyDocument: now, SetAsDefault: true }),
  );
  const draft = document(statement('Draft', 's3:DeleteBucket'));
  await root.send(new CreatePolicyVersionCommand({ PolicyArn: policyArn('more'), PolicyDocument: draft }));
  await managed('own', document(statement('SameName', 's3:ListBucket')));
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await lake.close();
});

const inline = (PolicyName: string, ...statements: object[]) =>
  root.send(new PutRolePolicyCommand({ RoleName: ROLE, PolicyName, PolicyDocument: document(...statements) }));

async function managed(PolicyName: string, PolicyDocument: string): Promise<void> {
  await root.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
  await root.send(new AttachRolePolicyCommand({ RoleName: ROLE, PolicyArn: policyArn(PolicyName) }));
}

/** A context, which is one request's; of the account's root unless the role is asked for. */
const asRoot = (): Pick<Context, 'aws'> => ({ aws: { iam: root } as unknown as AwsClients });
async function asRole(): Promise<Pick<Context, 'aws'>> {
  const sts = new STSClient(lake.clientConfig);
  const RoleArn = `arn:aws:iam::000000000000:role/${ROLE}`;
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const iam = new IAMClient({ ...lake.clientConfig, credentials });
  clients.push(sts, iam);
  return { aws: { iam } as unknown as AwsClients };
}

const decisionOn = async (ctx: Pick<Context, 'aws'>, action: string) => {
  const decider = new Decider(await readPrincipal(ctx, ROLE), new Map());
  const decision = decider.decide({ action, resource: OBJECT });
  return { ...decision, statement: decider.statement(decision) };
};

test('reads the role, all its inline policies, and its managed ones as they are in force', async () => {
  const principal = await readPrincipal(asRoot(), ROLE);
  expect(principal).toMatchObject({ roleName: ROLE, description: 'Reads sales', unread: [] });
  expect(principal.identity.filter(({ kind }) => kind === 'inline')).toHaveLength(104);
  const more = principal.identity.find(({ name }) => name === 'more');
  expect(more).toMatchObject({ kind: 'managed', arn: policyArn('more') });
  expect(JSON.parse(more?.text ?? '')).toMatchObject({ Statement: [{ Sid: 'ReadAll' }] });
  expect(JSON.parse(principal.trust.text)).toMatchObject({ Statement: [{ Action: 'sts:AssumeRole' }] });
  // Two of one name would make "the statement of that policy" a riddle.
  const names = principal.identity.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain(`managed ${policyArn('own')}`);
});

test('decides by managed policies, and shows their statement', async () => {
  const ctx = asRoot();
  const decision = await decisionOn(ctx, 's3:GetObject');
  expect(decision).toMatchObject({ result: 'allowed', source: 'identity', policy: 'more', index: 0, sid: 'ReadAll' });
  expect(JSON.parse(decision.statement ?? '')).toMatchObject({ Sid: 'ReadAll' });
  // Neither the version before nor one that is not in force.
  expect(await decisionOn(ctx, 's3:DeleteObject')).toMatchObject({ result: 'implicitDeny' });
  expect(await decisionOn(ctx, 's3:DeleteBucket')).toMatchObject({ result: 'implicitDeny' });
});

test('reads once for one request, and again for the next', async () => {
  const ctx = asRoot();
  const first = await readPrincipal(ctx, ROLE);
  await inline('later', statement('Later', 's3:GetBucketPolicy'));
  expect(await readPrincipal(ctx, ROLE)).toBe(first);
  expect(await decisionOn(asRoot(), 's3:GetBucketPolicy')).toMatchObject({ result: 'allowed', policy: 'later' });
});

test('is NOT_FOUND, by AWS, for a role that is not there, each time', async () => {
  const ctx = asRoot();
  for (const name of ['lacustre-nobody', 'lacustre-nobody']) {
    await expect(readPrincipal(ctx, name)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  }
});

describe('a boundary', () => {
  test('narrows', async () => {
    await root.send(
      new CreatePolicyCommand({
        PolicyName: 'hidden',
        PolicyDocument: document(statement('Limit', ['s3:GetObject', 'iam:*'])),
      }),
    );
    await root.send(
      new PutRolePermissionsBoundaryCommand({ RoleName: ROLE, PermissionsBoundary: policyArn('hidden') }),
    );
    const ctx = asRoot();
    expect((await readPrincipal(ctx, ROLE)).boundary).toMatchObject({ name: 'hidden', kind: 'boundary' });
    expect(await decisionOn(ctx, 's3:GetObject')).toMatchObject({ result: 'allowed', policy: 'more' });
    expect(await decisionOn(ctx, 's3:PutObject')).toMatchObject({ result: 'implicitDeny', source: 'boundary' });
  });

  test('that the person may not read is named as unread', async () => {
    const principal = await readPrincipal(await asRole(), ROLE);
    expect(principal.unread).toEqual([{ name: 'hidden', reason: 'denied' }]);
    expect(principal.boundary).toBeUndefined();
  });
});

test('what AWS would not take as a policy decides nothing and is no reason to fail', () => {
  const text = '{"Version":"2012-10-17","Statement":[{"Effect":"Perhaps"}]}';
  const trust = { name: 'trust', kind: 'trust' as const, text: '{}' };
  const broken = { name: 'broken', kind: 'inline' as const, text };
  const principal = { roleName: ROLE, roleArn: 'arn:aws:iam::1:role/r', trust, identity: [broken], unread: [] };
  expect(policySetOf(principal).identity).toEqual([]);
});
