import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestLake, TEST_ACCOUNT, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import { ROLES, type Role } from '@/lib/auth/permissions';
import { Database } from '@/lib/db/database';
import { getRole, listRoles } from '../index';
import { exportAccessMatrix } from './export-access-matrix';
import { getAccessMatrix } from './get-access-matrix';
import { MATRIX_PAGE_DATASETS } from './schemas';

let database: Database;
let lake: TestLake;
const clients: { destroy(): void }[] = [];
const arnOf = (role: string) => `arn:aws:iam::${TEST_ACCOUNT}:role/lacustre-${role}`;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));
vi.mock('@/lib/aws/lake', () => ({
  getLake: async () => ({
    ...{
      database: 'retail',
      workGroup: 'lacustre',
      rawBucket: 'raw',
      processedBucket: 'zone',
      resultsBucket: 'results',
    },
    stateMachineArn: `arn:aws:states:eu-west-3:${TEST_ACCOUNT}:stateMachine:lacustre-ingest`,
    roleArns: Object.fromEntries(ROLES.map((role) => [role, arnOf(role)])),
  }),
}));

const tables = Array.from({ length: MATRIX_PAGE_DATASETS + 5 }, (_, index) => `t${String(index).padStart(3, '0')}`);

beforeAll(async () => {
  [database, lake] = await Promise.all([
    Database.start({ folder: 'memory://' }),
    startTestLake({ services: ['s3', 'glue'] }),
  ]);
  const { glue, iam } = awsOfRoot();
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'retail' } }));
  await Promise.all(
    tables.map((Name) => {
      const TableInput = { Name, StorageDescriptor: { Location: `s3://zone/${Name}/` } };
      return glue.send(new CreateTableCommand({ DatabaseName: 'retail', TableInput }));
    }),
  );
  const service = { Service: 'states.amazonaws.com' };
  for (const role of ROLES) await makeRole(iam, `lacustre-${role}`, { AWS: `arn:aws:iam::${TEST_ACCOUNT}:root` });
  for (const name of ['lacustre-ingest-role', 'elsewhere']) await makeRole(iam, name, service);
  const PolicyDocument = document([{ Sid: 'All', Effect: 'Allow', Action: 's3:*', Resource: '*' }]);
  await iam.send(new PutRolePolicyCommand({ RoleName: 'lacustre-engineer', PolicyName: 'all', PolicyDocument }));
  for (const email of ['=ana@example.com', 'bob@example.com']) {
    await database.prisma.user.create({ data: { email, name: 'Ana', role: 'engineer', passwordHash: '-' } });
  }
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await Promise.all([database.close(), lake.close()]);
});

const document = (Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

function awsOfRoot() {
  const aws = {
    glue: new GlueClient(lake.clientConfig),
    s3: new S3Client(lake.clientConfig),
    iam: new IAMClient(lake.clientConfig),
  };
  clients.push(...Object.values(aws));
  return aws;
}

async function makeRole(iam: IAMClient, RoleName: string, Principal: object): Promise<void> {
  const trust = document([{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }]);
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, Description: 'For a test' }));
}

const as = (role: Role): Context => ({
  ...{ user: { id: 'u', email: `${role}@example.com`, name: role }, role, requestId: 'r' },
  aws: awsOfRoot() as unknown as Context['aws'],
});

test('is for administrators, as are the roles', async () => {
  const engineer = as('engineer');
  await expect(getAccessMatrix(engineer, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(exportAccessMatrix(engineer, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(listRoles(engineer, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(getRole(engineer, { roleName: 'lacustre-viewer' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

describe('roles', () => {
  test('are those of the lake, people’s first, with who trusts and who has them', async () => {
    const roles = await listRoles(as('administrator'), {});
    expect(roles.map(({ roleName }) => roleName)).toEqual([
      ...ROLES.map((role) => `lacustre-${role}`),
      'lacustre-ingest-role',
    ]);
    expect(roles.find(({ role }) => role === 'engineer')).toMatchObject({ people: 2, statements: 1, policies: 1 });
    const ingest = roles.at(-1);
    expect(ingest?.people).toBeUndefined();
    expect(ingest?.trustedBy).toMatchObject([{ code: 'services', values: { names: ['states.amazonaws.com'] } }]);
  });

  test('of others are not shown', async () => {
    await expect(getRole(as('administrator'), { roleName: 'elsewhere' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('come with their people, and their policies statement by statement', async () => {
    const role = await getRole(as('administrator'), { roleName: 'lacustre-engineer' });
    expect(role.people).toHaveLength(2);
    expect(role.policies).toMatchObject([{ name: 'all', statements: [{ index: 0, sid: 'All', effect: 'Allow' }] }]);
    expect(role.permissions).toMatchObject([{ service: 's3', items: [{ by: [{ policy: 'all' }], reach: 'whole' }] }]);
  });
});

describe('the matrix', () => {
  test('comes in pages of datasets, and stays within them', async () => {
    const administrator = as('administrator');
    const first = await getAccessMatrix(administrator, {});
    expect(first).toMatchObject({ total: tables.length, page: 1, pages: 2 });
    expect(first.rows).toHaveLength(MATRIX_PAGE_DATASETS);
    expect(first.roles.map(({ role }) => role)).toEqual(ROLES);
    const beyond = await getAccessMatrix(administrator, { page: 9 });
    expect(beyond).toMatchObject({ page: 2 });
    expect(beyond.rows.map(({ dataset }) => dataset)).toEqual(tables.slice(MATRIX_PAGE_DATASETS));
  });

  test('finds datasets by a part of their name, and knows none that is not there', async () => {
    const administrator = as('administrator');
    const found = await getAccessMatrix(administrator, { search: 'T00' });
    expect(found.rows.map(({ dataset }) => dataset)).toEqual(tables.slice(0, 10));
    expect((await getAccessMatrix(administrator, { search: '%' })).rows).toEqual([]);
    await expect(getAccessMatrix(administrator, { dataset: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is saved as CSV with every dataset, and gives a spreadsheet no formula to run', async () => {
    const { body } = await exportAccessMatrix(as('administrator'), { action: 'upload', withServices: true });
    const lines = (await new Response(body).text()).trim().split('\r\n');
    expect(lines).toHaveLength(1 + tables.length * (ROLES.length + 1));
    expect(lines).toContain(
      `lacustre-engineer,'=ana@example.com bob@example.com,t054,upload,allowed,s3:AbortMultipartUpload,arn:aws:s3:::raw/t054/object,all,All`,
    );
    expect(lines).toContain(
      `lacustre-ingest-role,,t054,upload,implicitDeny,s3:PutObject,arn:aws:s3:::raw/t054/object,,`,
    );
  });
});
