import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { toAppError } from '@/lib/aws/errors';
import { Database } from '@/lib/db/database';
import type { ObservedCall } from '@/lib/languages/iam-policy/observed-call.ts';
import type { Findings } from './findings/schemas';
import { acceptFinding, explainDenial, listFindings, observeAccess, simulate, withdrawAcceptance } from './index';

let database: Database;
let lake: TestLake;
let observed: ObservedCall[] = [];
const ACCOUNT = '000000000000';
const BUCKETS = ['raw', 'quarantine', 'processed', 'results'];
const arnOf = (role: string) => `arn:aws:iam::${ACCOUNT}:role/lacustre-${role}`;
const sales = 'arn:aws:s3:::raw/sales/a.csv';
const pay = 'arn:aws:s3:::raw/pay/a.csv';

vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));
vi.mock('@/lib/trail', () => ({
  getTrailStatus: async () => ({ startedAt: '2026-11-01T00:00:00Z', deliveredAt: new Date().toISOString() }),
  listObservedCalls: async (_: unknown, { roleName }: { roleName?: string }) =>
    observed.filter(({ roleArn }) => !roleName || roleArn.endsWith(`/${roleName}`)),
}));
vi.mock('@/lib/aws/lake', () => ({
  getLake: async () => ({
    ...Object.fromEntries(BUCKETS.map((name) => [`${name}Bucket`, name])),
    stateMachineArn: `arn:aws:states:eu-west-3:${ACCOUNT}:stateMachine:lacustre-ingest`,
    roleArns: Object.fromEntries(['administrator', 'engineer', 'analyst', 'viewer'].map((role) => [role, arnOf(role)])),
  }),
}));

const allow = (Sid: string, Action: string | string[], Resource: string | string[]) => ({
  ...{ Sid, Effect: 'Allow', Action, Resource },
});
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const seeOwn = (role: Role) =>
  allow(
    'SeeOwnRole',
    ['iam:GetRole', 'iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'],
    arnOf(role),
  );
const readsRaw = allow('ReadsRaw', 's3:GetObject', 'arn:aws:s3:::raw/*');
const policies: Record<Role, object[]> = {
  administrator: [allow('SeeRoles', 'iam:*', '*'), allow('SeeBucket', 's3:GetBucketPolicy', '*')],
  engineer: [seeOwn('engineer')],
  analyst: [seeOwn('analyst'), readsRaw],
  viewer: [],
};
const contexts = {} as Record<Role, Context>;

beforeAll(async () => {
  [database, lake] = await Promise.all([Database.start({ folder: 'memory://' }), startTestLake({ services: ['s3'] })]);
  const s3 = new S3Client(lake.clientConfig);
  for (const Bucket of BUCKETS) await s3.send(new CreateBucketCommand({ Bucket }));
  for (const Key of ['sales/a.csv', 'pay/a.csv'])
    await s3.send(new PutObjectCommand({ Bucket: 'raw', Key, Body: 'x' }));
  const closed = {
    Sid: 'Closed',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::raw/pay/*',
  };
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'raw', Policy: document(closed) }));
  s3.destroy();
  for (const role of Object.keys(policies) as Role[]) contexts[role] = await makePerson(role);
});
afterAll(async () => {
  for (const { aws } of Object.values(contexts)) for (const client of Object.values(aws)) client.destroy();
  await Promise.all([database.close(), lake.close()]);
});

async function putPolicy(role: Role, ...statements: object[]): Promise<void> {
  const iam = new IAMClient(lake.clientConfig);
  const PolicyDocument = document(...statements);
  await iam.send(new PutRolePolicyCommand({ RoleName: `lacustre-${role}`, PolicyName: 'own', PolicyDocument }));
  iam.destroy();
}

async function makePerson(role: Role): Promise<Context> {
  const iam = new IAMClient(lake.clientConfig);
  const sts = new STSClient(lake.clientConfig);
  const trust = document({
    ...{ Effect: 'Allow', Action: 'sts:AssumeRole' },
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  });
  await iam.send(new CreateRoleCommand({ RoleName: `lacustre-${role}`, AssumeRolePolicyDocument: trust }));
  if (policies[role].length > 0) await putPolicy(role, ...policies[role]);
  const email = `${role}@example.com`;
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: arnOf(role), RoleSessionName: email }));
  iam.destroy();
  sts.destroy();
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const config = { ...lake.clientConfig, credentials };
  const aws = { s3: new S3Client(config), iam: new IAMClient(config) };
  const { id } = await database.prisma.user.create({ data: { email, name: role, role, passwordHash: '-' } });
  return { user: { id, email, name: role }, role, aws: aws as unknown as Context['aws'], requestId: 'r' } as Context;
}

/** What the person's own request for an object of the raw bucket is answered; undefined where it gets it. */
async function refusal(role: Role, key: string): Promise<string | undefined> {
  try {
    await contexts[role].aws.s3.send(new GetObjectCommand({ Bucket: 'raw', Key: key }));
    return undefined;
  } catch (error) {
    return String(toAppError(error).details?.said);
  }
}

/** A context is one request's, and keeps what was read for it. */
const as = (role: Role): Context => ({ ...contexts[role] });

const request = { principal: arnOf('analyst'), action: 's3:GetObject', resources: [sales] };

describe('simulate', () => {
  test('is for administrators alone', async () => {
    await expect(simulate(as('engineer'), request)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('decides as the lake then does, on each resource, and names the statement', async () => {
    const { requests } = await simulate(as('administrator'), { ...request, resources: [sales, pay] });
    expect(requests.map(({ explanation }) => explanation.decision)).toMatchObject([
      { result: 'allowed', source: 'identity', by: { policy: 'own', sid: 'ReadsRaw' } },
      { result: 'explicitDeny', source: 'resource', by: { policy: 'raw', sid: 'Closed' } },
    ]);
    expect(JSON.parse(requests[1]?.deciding ?? '')).toMatchObject({ Sid: 'Closed' });
    expect(requests[1]?.change).toMatchObject({ kind: 'removeDeny', policy: 'raw', index: 0 });
    expect(await refusal('analyst', 'sales/a.csv')).toBeUndefined();
    expect(await refusal('analyst', 'pay/a.csv')).toContain('explicit deny in a resource-based policy');
  });

  test('has the console’s own condition keys, which what is written replaces or takes away', async () => {
    const fromHome = {
      ...readsRaw,
      Condition: { StringEquals: { 'aws:SourceIp': '192.0.2.1' }, Bool: { 'aws:SecureTransport': 'true' } },
    };
    await putPolicy('engineer', seeOwn('engineer'), fromHome);
    const decide = async (...context: string[]) => {
      const asked = { ...request, principal: arnOf('engineer'), context };
      const { requests } = await simulate(as('administrator'), asked);
      return requests[0]?.explanation.decision.result;
    };
    expect(await decide()).toBe('implicitDeny');
    expect(await decide('aws:sourceip=192.0.2.1')).toBe('allowed');
    expect(await decide('aws:SourceIp=192.0.2.1', 'aws:SecureTransport=')).toBe('implicitDeny');
  });

  test.each([
    [
      { ...request, principal: arnOf('nobody') },
      { reason: 'noSuchRole', details: { field: 'principal' } },
    ],
    [{ ...request, action: 'read' }, { issues: [{ path: ['action'], message: 'action' }] }],
    [{ ...request, resources: ['raw/a'] }, { issues: [{ path: ['resources', 0], message: 'resourceArn' }] }],
    [{ ...request, principal: 'arn:aws:iam::1:user/bob' }, { issues: [{ path: ['principal'] }] }],
    [{ ...request, resources: [] }, { issues: [{ path: ['resources'] }] }],
  ])('refuses %j beside its field', async (input, expected) => {
    await expect(simulate(as('administrator'), input)).rejects.toMatchObject(expected);
  });
});

describe('explainDenial', () => {
  test('gives everybody the reasons of their own role, and the change that then really allows it', async () => {
    await putPolicy('analyst', seeOwn('analyst'), { ...readsRaw, Resource: 'arn:aws:s3:::raw/stock/*' });
    const said = (await refusal('analyst', 'sales/a.csv')) ?? '';
    const { decided, maySee, roleName } = await explainDenial(as('analyst'), { said });
    expect({ maySee, roleName }).toEqual({ maySee: false, roleName: 'lacustre-analyst' });
    expect(decided?.explanation.decision).toMatchObject({ result: 'implicitDeny', source: 'identity' });
    // The bucket's own policy is not theirs to read, and may have a say.
    expect(decided?.unread).toEqual([{ name: 'raw', reason: 'denied' }]);
    expect(decided?.change).toMatchObject({ kind: 'extendStatement', policy: 'own', index: 1 });
    await putPolicy('analyst', seeOwn('analyst'), JSON.parse(decided?.change?.statement ?? '{}'));
    expect(await refusal('analyst', 'sales/a.csv')).toBeUndefined();
    expect(await refusal('analyst', 'pay/a.csv')).toBeDefined();
  });

  test('keeps the policies of a role from who has another', async () => {
    const said = (await refusal('viewer', 'sales/a.csv')) ?? '';
    const theirs = await explainDenial(as('analyst'), { said });
    expect(theirs).toMatchObject({ undecided: 'notYours', denial: { action: 's3:GetObject', kind: 'identity' } });
    expect(theirs.decided).toBeUndefined();
    const administrators = await explainDenial(as('administrator'), { said });
    expect(administrators).toMatchObject({ maySee: true, decided: { change: { kind: 'add' }, unread: [] } });
  });

  test('says what the sentence says where not even one’s own role may be read', async () => {
    const said = (await refusal('viewer', 'sales/a.csv')) ?? '';
    expect(await explainDenial(as('viewer'), { said })).toMatchObject({
      undecided: 'noRole',
      denial: { kind: 'identity' },
    });
  });

  test('takes a sentence about "you" for one about the person', async () => {
    const said = 'You are not authorized to perform: athena:StartQueryExecution on the resource.';
    const { decided } = await explainDenial(as('analyst'), { said });
    expect(decided).toMatchObject({ action: 'athena:StartQueryExecution', resource: '*', change: { kind: 'add' } });
  });

  test('refuses what tells of no denial', async () => {
    await expect(explainDenial(as('analyst'), { said: 'Access Denied' })).rejects.toMatchObject({ code: 'INVALID' });
  });
});

describe('findings', () => {
  const wide = allow('Anything', 's3:*', '*');
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const again = () => listFindings(as('administrator'), { since: Date.now() });
  const ofWide = ({ findings }: Findings) => findings.filter(({ sid }) => sid === 'Anything');

  test('are accepted for a reason until a day, audited, and counted again at once when that is withdrawn', async () => {
    await putPolicy('engineer', wide);
    const found = ofWide(await again());
    const [finding] = found;
    expect(finding).toMatchObject({ severity: 'high', roleName: 'lacustre-engineer', document: 'own', kind: 'inline' });
    const key = finding?.key ?? '';
    await acceptFinding(as('administrator'), { key, reason: 'A migration', until: tomorrow });
    const accepted = ofWide(await listFindings(as('administrator'), {})).find((each) => each.key === key);
    expect(accepted?.acceptance).toMatchObject({ reason: 'A migration', by: 'administrator@example.com' });
    expect(await database.prisma.auditEvent.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
      action: 'access.accept-finding',
      subject: 'lacustre-engineer own Anything',
      details: { reason: 'A migration', until: tomorrow },
    });
    await withdrawAcceptance(as('administrator'), { key });
    const withdrawn = ofWide(await listFindings(as('administrator'), {})).find((each) => each.key === key);
    expect(withdrawn?.acceptance).toBeUndefined();
  });

  test('count again when their day is over, and when the statement changes', async () => {
    const [finding] = ofWide(await again());
    const key = finding?.key ?? '';
    await acceptFinding(as('administrator'), { key, reason: 'A migration', until: tomorrow });
    await database.prisma.acceptedFinding.updateMany({ data: { until: new Date(Date.now() - 1) } });
    expect(
      ofWide(await listFindings(as('administrator'), {})).find((each) => each.key === key)?.acceptance,
    ).toBeUndefined();
    await acceptFinding(as('administrator'), { key, reason: 'A migration', until: tomorrow });
    await putPolicy('engineer', { ...wide, Action: ['s3:*', 'glue:*'] });
    expect(ofWide(await again()).every(({ acceptance }) => acceptance === undefined)).toBe(true);
  });

  test('cannot be accepted for ever, in the past, without a reason, or when they are gone', async () => {
    const [{ key = '' } = {}] = ofWide(await again());
    const accept = (change: object) =>
      acceptFinding(as('administrator'), { key, reason: 'A migration', until: tomorrow, ...change });
    await expect(accept({ until: '2020-01-01' })).rejects.toMatchObject({ issues: [{ message: 'dateIsPast' }] });
    await expect(accept({ until: '2999-01-01' })).rejects.toMatchObject({ issues: [{ message: 'dateIsTooFar' }] });
    await expect(accept({ reason: '  ' })).rejects.toMatchObject({ issues: [{ path: ['reason'] }] });
    await expect(accept({ key: '0'.repeat(64) })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(acceptFinding(as('engineer'), { key, reason: 'Mine', until: tomorrow })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('observeAccess', () => {
  const call = (action: string, resource: string, deniedCount = 0): ObservedCall => ({
    ...{ roleArn: arnOf('engineer'), action, resource, count: 3, lastAt: '2026-11-26T08:00:00.000Z', deniedCount },
  });
  const engineer = { roleName: 'lacustre-engineer', days: '7' } as const;

  test('tells used from unused and missing, what was refused first', async () => {
    await putPolicy('engineer', allow('Reads', ['s3:GetObject', 's3:DeleteObject'], 'arn:aws:s3:::raw/*'));
    observed = [
      call('s3:GetObject', sales),
      call('glue:GetTable', `arn:aws:glue:eu-west-3:${ACCOUNT}:table/retail/sales`, 3),
    ];
    const access = await observeAccess(as('administrator'), engineer);
    expect(access.calls.map(({ action }) => action)).toEqual(['glue:GetTable', 's3:GetObject']);
    expect(JSON.parse(access.minimal ?? '').Statement).toMatchObject([{ Action: ['s3:GetObject'] }]);
    expect(access.unusedActions).toMatchObject([{ policy: 'own', sid: 'Reads', actions: ['s3:DeleteObject'] }]);
    expect(access.missing.map(({ action }) => action)).toContain('glue:GetTable');
  });

  test('says which part of the period the trail covers', async () => {
    const { covered } = await observeAccess(as('administrator'), { ...engineer, days: '7' });
    const days = ((covered?.to ?? 0) - (covered?.from ?? 0)) / 86_400_000;
    expect(days).toBeGreaterThan(0);
    expect(days).toBeLessThanOrEqual(7);
  });

  test('makes no policy of nothing', async () => {
    observed = [];
    const access = await observeAccess(as('administrator'), engineer);
    expect(access).toMatchObject({ calls: [], unusedActions: [{ sid: 'Reads', isWhole: true }] });
    expect(access.minimal).toBeUndefined();
  });

  test('is for administrators alone', async () => {
    await expect(observeAccess(as('analyst'), engineer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
