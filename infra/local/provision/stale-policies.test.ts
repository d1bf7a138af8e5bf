/** A role of a template, provisioned again with less. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestLake, TEST_ACCOUNT, TEST_REGION, type TestLake } from '../testing/test-lake.ts';
import { provision } from './provision.ts';

const document = (statement: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
const trust = document({ Principal: { Service: 'glue.amazonaws.com' }, Action: 'sts:AssumeRole' });
const read = document({ Action: 's3:GetObject', Resource: '*' });

const role = (Description: string) => ({
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: { RoleName: 'reader', Description, AssumeRolePolicyDocument: trust },
  },
});
const inline = (PolicyName: string) => ({
  [PolicyName]: {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName, PolicyDocument: read, Roles: [{ Ref: 'Role' }] },
  },
});
const managed = (ManagedPolicyName: string) => ({
  [ManagedPolicyName]: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { ManagedPolicyName, PolicyDocument: read, Roles: [{ Ref: 'Role' }] },
  },
});

let lake: TestLake;
let assembly: string;
beforeAll(async () => {
  assembly = await mkdtemp(path.join(tmpdir(), 'lacustre-template-'));
  await writeFile(path.join(assembly, 'Roles.assets.json'), JSON.stringify({ files: {} }));
  lake = await startTestLake();
});
afterAll(async () => {
  await lake.close();
  await rm(assembly, { recursive: true, force: true });
});

async function stand(Resources: object): Promise<void> {
  await writeFile(path.join(assembly, 'Roles.template.json'), JSON.stringify({ Resources }));
  const { url: endpoint, clientConfig } = lake;
  const target = { endpoint, region: TEST_REGION, credentials: clientConfig.credentials, account: TEST_ACCOUNT };
  await provision({ ...target, assembly, stackName: 'Roles' });
}

test('a permission that the template no longer gives is gone, be it of an inline policy or of a managed one', async () => {
  await stand({
    ...role('Reads'),
    ...inline('Own'),
    ...inline('More'),
    ...managed('reader-1'),
    ...managed('reader-2'),
  });
  await stand({ ...role('Reads less'), ...inline('Own'), ...managed('reader-1') });
  const iam = new IAMClient(lake.clientConfig);
  const RoleName = 'reader';
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual(['Own']);
  expect((await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies).toMatchObject([
    { PolicyName: 'reader-1' },
  ]);
  expect((await iam.send(new GetRoleCommand({ RoleName }))).Role?.Description).toBe('Reads less');
  iam.destroy();
});

test('a role that loses all of its policies keeps none', async () => {
  await stand({ ...role('Reads'), ...inline('Own'), ...managed('reader-1') });
  await stand(role('Reads nothing'));
  const iam = new IAMClient(lake.clientConfig);
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName: 'reader' }))).PolicyNames).toEqual([]);
  expect((await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'reader' }))).AttachedPolicies).toEqual([]);
  iam.destroy();
});
