import { CreateDatabaseCommand, CreateTableCommand, GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { Database } from '@/lib/db/database';
import { listTableAccess } from './list-table-access';
import type { RoleAccess } from './schemas';

let database: Database;
const ACCOUNT = '000000000000';
const arnOf = (role: string) => `arn:aws:iam::${ACCOUNT}:role/lacustre-${role}`;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));
vi.mock('@/lib/aws/lake', () => ({
  getLake: async () => ({
    database: 'retail',
    workGroup: 'lacustre',
    stateMachineArn: `arn:aws:states:eu-west-3:${ACCOUNT}:stateMachine:lacustre-ingest`,
    roleArns: Object.fromEntries(['administrator', 'engineer', 'analyst', 'viewer'].map((role) => [role, arnOf(role)])),
  }),
}));

const glueArns = ['catalog', 'database/retail', 'table/retail/*'].map(
  (each) => `arn:aws:glue:eu-west-3:${ACCOUNT}:${each}`,
);
const allow = (Sid: string, Action: string | string[], Resource: string | string[]) => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
});
const seeTables = allow('SeeTables', 'glue:GetTable', glueArns);
const seeRows = allow('SeeRows', ['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::zone', 'arn:aws:s3:::zone/*']);
const query = allow('Query', ['athena:StartQueryExecution', 'athena:GetQueryResults'], '*');
const seeRoles = allow('SeeRoles', 'iam:*', '*');
/** Each role is right or wrong in a way of its own. */
const policies: Record<Role, object[]> = {
  administrator: [seeTables, seeRows, query, seeRoles, allow('SeeBucket', 's3:GetBucketPolicy', '*')],
  engineer: [
    seeTables,
    seeRows,
    query,
    seeRoles,
    { Sid: 'NoPay', Effect: 'Deny', Action: 's3:GetObject', Resource: 'arn:aws:s3:::zone/pay/*' },
  ],
  analyst: [
    seeTables,
    allow('SeeSales', ['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::zone', 'arn:aws:s3:::zone/sales/*']),
    query,
  ],
  viewer: [{ ...seeTables, Resource: glueArns.slice(0, 2) }, seeRows, seeRoles],
};

let lake: TestLake;
const contexts = {} as Record<Role, Context>;

beforeAll(async () => {
  [database, lake] = await Promise.all([
    Database.start({ folder: 'memory://' }),
    startTestLake({ services: ['s3', 'glue'] }),
  ]);
  const glue = new GlueClient(lake.clientConfig);
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'retail' } }));
  for (const Name of ['sales', 'pay', 'view']) {
    const Location = `s3://zone/${Name}`;
    const TableInput = { Name, ...(Name === 'view' ? {} : { StorageDescriptor: { Location } }) };
    await glue.send(new CreateTableCommand({ DatabaseName: 'retail', TableInput }));
  }
  glue.destroy();
  const s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'zone' }));
  for (const folder of ['sales', 'pay']) {
    await s3.send(new PutObjectCommand({ Bucket: 'zone', Key: `${folder}/object`, Body: 'x' }));
  }
  const Policy = document([
    {
      Sid: 'Closed',
      Effect: 'Deny',
      Principal: { AWS: arnOf('viewer') },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::zone/sales/*',
    },
  ]);
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'zone', Policy }));
  s3.destroy();
  for (const role of Object.keys(policies) as Role[]) contexts[role] = await makePerson(role);
});
afterAll(async () => {
  for (const { aws } of Object.values(contexts)) for (const client of Object.values(aws)) client.destroy();
  await Promise.all([database.close(), lake.close()]);
});

const document = (Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

async function makePerson(role: Role): Promise<Context> {
  const iam = new IAMClient(lake.clientConfig);
  const sts = new STSClient(lake.clientConfig);
  const RoleName = `lacustre-${role}`;
  const trust = document([
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' },
  ]);
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  const PolicyDocument = document(policies[role]);
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'allowed', PolicyDocument }));
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: arnOf(role), RoleSessionName: role }));
  iam.destroy();
  sts.destroy();
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const config = { ...lake.clientConfig, credentials };
  const email = `${role}@example.com`;
  const { id } = await database.prisma.user.create({ data: { email, name: role, role, passwordHash: '-' } });
  const aws = { glue: new GlueClient(config), s3: new S3Client(config), iam: new IAMClient(config) };
  return { user: { id, email, name: role }, role, aws: aws as unknown as Context['aws'], requestId: 'r' };
}

const isAllowed = (access: RoleAccess | undefined, part: 'entry' | 'rows') =>
  access?.decisions[part].every(({ result }) => result === 'allowed');
const succeeds = (answer: Promise<unknown>) =>
  answer.then(
    () => true,
    (error: { name: string }) => {
      if (/AccessDenied/.test(error.name)) return false;
      throw error;
    },
  );

test.each(['sales', 'pay'])('says of %s what AWS then does, for each role', async (table) => {
  const { roles, isWhole } = await listTableAccess(contexts.administrator, { table });
  expect(isWhole).toBe(true);
  const told = roles.map((access) => [access.role, isAllowed(access, 'entry'), isAllowed(access, 'rows')]);
  const done = await Promise.all(
    roles.map(async ({ role }) => {
      const { glue, s3 } = contexts[role].aws;
      const [entry, rows] = await Promise.all([
        succeeds(glue.send(new GetTableCommand({ DatabaseName: 'retail', Name: table }))),
        succeeds(s3.send(new GetObjectCommand({ Bucket: 'zone', Key: `${table}/object` }))),
      ]);
      return [role, entry, rows];
    }),
  );
  expect(told).toEqual(done);
  expect(new Set(done.map(String)).size).toBe(4);
});

test('shows the statement that decided, be it of the role or of the bucket', async () => {
  const { roles } = await listTableAccess(contexts.administrator, { table: 'pay' });
  const rowsOf = (role: Role) => roles.find((each) => each.role === role)?.decisions.rows[1];
  const denial = rowsOf('engineer');
  expect(denial).toMatchObject({ result: 'explicitDeny', policy: 'allowed', sid: 'NoPay' });
  expect(JSON.parse(denial?.statement ?? '')).toMatchObject({ Effect: 'Deny', Resource: 'arn:aws:s3:::zone/pay/*' });
  expect(rowsOf('administrator')).toMatchObject({ result: 'allowed', sid: 'SeeRows' });
  // Nothing says anything of it: there is no statement to show.
  const silence = rowsOf('analyst');
  expect(silence).toMatchObject({ result: 'implicitDeny' });
  expect(silence?.statement).toBeUndefined();
  const sales = await listTableAccess(contexts.administrator, { table: 'sales' });
  const closed = sales.roles.find(({ role }) => role === 'viewer')?.decisions.rows[1];
  expect(closed).toMatchObject({ result: 'explicitDeny', policy: 'zone', sid: 'Closed' });
});

test('asks for no rows of what has none', async () => {
  const { roles } = await listTableAccess(contexts.administrator, { table: 'view' });
  expect(roles.every(({ decisions }) => decisions.rows.length === 0)).toBe(true);
});

test('shows everybody to an administrator, and others themselves', async () => {
  const whole = await listTableAccess(contexts.administrator, { table: 'sales' });
  expect(whole.people.map(({ name }) => name).sort()).toEqual(['administrator', 'analyst', 'engineer', 'viewer']);
  const own = await listTableAccess(contexts.engineer, { table: 'sales' });
  expect(own.isWhole).toBe(false);
  expect(own.roles.map(({ role }) => role)).toEqual(['engineer']);
  expect(own.people.map(({ email }) => email)).toEqual(['engineer@example.com']);
  // What the bucket itself says is not theirs to read, and it counts: so it is named.
  expect(own.roles[0]?.unread).toEqual(['zone']);
});

test('is refused, by AWS, to a role that may not look at itself', async () => {
  await expect(listTableAccess(contexts.analyst, { table: 'sales' })).rejects.toMatchObject({
    name: expect.stringMatching(/AccessDenied/),
  });
});
