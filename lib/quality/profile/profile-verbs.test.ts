import { AthenaClient } from '@aws-sdk/client-athena';
import { GlueClient } from '@aws-sdk/client-glue';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AthenaSession } from '@/infra/local/services/athena/testing/athena-session';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { Database } from '@/lib/db/database';
import {
  cancelProfile,
  compareProfiles,
  estimateProfile,
  findProfileRun,
  getLatestProfile,
  getProfileState,
  listProfiles,
  startProfile,
} from './index';
import type { ProfileRun } from './schemas';

const lakeNames = vi.hoisted(() => ({
  database: 'shop',
  versionsDatabase: 'versions',
  workGroup: 'primary',
  resultsBucket: 'results',
}));
let database: Database;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));
vi.mock('@/lib/aws/lake', () => ({ getLake: async () => lakeNames }));

// Some statements of a profile take a second each on a busy machine, and a test has a dozen.
vi.setConfig({ testTimeout: 120_000 });

let lake: TestLake;
let session: AthenaSession;
let aws: Context['aws'];

beforeAll(async () => {
  database = await Database.start({ folder: 'memory://' });
  lake = await startTestLake({ services: ['athena'] });
  const s3 = new S3Client(lake.clientConfig);
  const athena = new AthenaClient(lake.clientConfig);
  aws = { s3, athena, glue: new GlueClient(lake.clientConfig) } as unknown as Context['aws'];
  for (const Bucket of ['lake', 'results']) await s3.send(new CreateBucketCommand({ Bucket }));
  session = new AthenaSession(athena, {
    QueryExecutionContext: { Database: 'shop' },
    ResultConfiguration: { OutputLocation: 's3://results/athena/' },
  });
  await session.rows('CREATE DATABASE shop');
  // The workgroup says where results go, as the deployed one does.
  const { UpdateWorkGroupCommand } = await import('@aws-sdk/client-athena');
  const ResultConfigurationUpdates = { OutputLocation: 's3://results/athena/' };
  await athena.send(
    new UpdateWorkGroupCommand({ WorkGroup: 'primary', ConfigurationUpdates: { ResultConfigurationUpdates } }),
  );
  await session.rows(`CREATE TABLE sales WITH (format = 'PARQUET', external_location = 's3://lake/sales/') AS
    SELECT n AS id, n % 10 AS amount, IF(n % 4 = 0, 'Nantes', 'Paris') AS town FROM UNNEST(sequence(1, 1000)) AS t (n)`);
});
afterAll(async () => {
  await lake.close();
  await database.close();
});

function as(role: Role): Context {
  return { role, aws, user: { id: 'u', email: `${role}@example.org`, name: role }, requestId: 'r' };
}

async function finished(run: ProfileRun, ctx: Context, table = 'sales'): Promise<ProfileRun> {
  let now: ProfileRun | undefined = run;
  while (now?.status === 'running') now = await findProfileRun(ctx, { table });
  if (!now) throw new Error('there is no run');
  return now;
}

describe('profiles of a table', () => {
  it('are made step by step, kept, and stale once the table changes', async () => {
    const ctx = as('analyst');
    expect(await getProfileState(ctx, { table: 'sales' })).toEqual({ database: 'shop', table: 'sales' });
    expect(await getProfileState(ctx, { table: 'shop.sales' })).toEqual({ database: 'shop', table: 'sales' });
    expect(await estimateProfile(ctx, { table: 'sales' }, new AbortController().signal)).toMatchObject({
      status: 'scan',
      bytes: expect.any(Number),
    });

    const begun = await startProfile(ctx, { table: 'sales' });
    expect(begun).toMatchObject({ status: 'running', by: 'analyst@example.org', statements: { done: 0 } });
    const ended = await finished(begun, ctx);
    expect(ended.status).toBe('succeeded');
    expect(ended.statements.done).toBe(ended.statements.total);
    expect(ended.scannedBytes).toBeGreaterThan(0);

    const first = await getProfileState(as('viewer'), { table: 'sales' });
    expect(first).toMatchObject({ isStale: false, profile: { rows: 1000, by: 'analyst@example.org', duplicates: 0 } });
    expect(first.profile?.columns.map(({ name, distinct }) => [name, distinct])).toEqual([
      ['id', 1000],
      ['amount', 10],
      ['town', 2],
    ]);
    expect(first.profile?.scannedBytes).toBe(ended.scannedBytes);

    await session.rows(`INSERT INTO sales SELECT n + 2000, 10, 'Lyon' FROM UNNEST(sequence(1, 1000)) AS t (n)`);
    expect((await getProfileState(ctx, { table: 'sales' })).isStale).toBe(true);
    await finished(await startProfile(ctx, { table: 'sales' }), ctx);
    const [newest, oldest] = await listProfiles(ctx, { table: 'sales' });
    expect((await getLatestProfile(ctx, { table: 'sales' }))?.profiledAt).toBe(newest?.profiledAt);

    const { drift } = await compareProfiles(as('viewer'), {
      table: 'sales',
      from: oldest?.profiledAt ?? '',
      to: newest?.profiledAt ?? '',
    });
    expect(drift).toMatchObject({ level: 'large', rows: { before: 1000, after: 2000 } });
    const town = drift.columns.find(({ name }) => name === 'town');
    expect(town?.reasons).toContainEqual(
      expect.objectContaining({ code: 'newCategories', values: ['Lyon'], share: 0.5, level: 'large' }),
    );
  });

  it('are made once, though many ask at the same time and any of them looks', async () => {
    const people = [as('analyst'), as('engineer'), as('administrator')];
    const runs = await Promise.all(people.map((ctx) => startProfile(ctx, { table: 'sales' })));
    expect(new Set(runs.map(({ startedAt }) => startedAt)).size).toBe(1);
    const before = await listProfiles(as('viewer'), { table: 'sales' });
    const ended = await Promise.all(people.map((ctx, index) => finished(runs[index] as ProfileRun, ctx)));
    expect(ended.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(await listProfiles(as('viewer'), { table: 'sales' })).toHaveLength(before.length + 1);
  });

  it('can be cancelled, and begun anew', async () => {
    const ctx = as('analyst');
    await startProfile(ctx, { table: 'sales' });
    const before = await listProfiles(ctx, { table: 'sales' });
    await cancelProfile(ctx, { table: 'sales' });
    expect(await findProfileRun(ctx, { table: 'sales' })).toMatchObject({ status: 'cancelled' });
    expect(await listProfiles(ctx, { table: 'sales' })).toEqual(before);
    expect((await finished(await startProfile(ctx, { table: 'sales' }), ctx)).status).toBe('succeeded');
  });

  it('say why they could not be made, and keep what there was', async () => {
    await session.rows(`CREATE EXTERNAL TABLE broken (id int) STORED AS PARQUET LOCATION 's3://lake/broken/'`);
    const { PutObjectCommand } = await import('@aws-sdk/client-s3');
    await aws.s3.send(new PutObjectCommand({ Bucket: 'lake', Key: 'broken/a.parquet', Body: 'no parquet' }));
    const ctx = as('analyst');
    const ended = await finished(await startProfile(ctx, { table: 'broken' }), ctx, 'broken');
    expect(ended.status).toBe('failed');
    expect(ended.message).toBeTruthy();
    expect(await getLatestProfile(ctx, { table: 'broken' })).toBeUndefined();
  });

  it('are not for viewers to make, nor to be made of tables that are not there', async () => {
    await expect(startProfile(as('viewer'), { table: 'sales' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(cancelProfile(as('viewer'), { table: 'sales' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(startProfile(as('analyst'), { table: 'nowhere' })).rejects.toMatchObject({
      name: 'EntityNotFoundException',
    });
  });

  it('lie in the results zone by table and time', async () => {
    const { profiledAt, ...rest } = (await getLatestProfile(as('viewer'), { table: 'sales' })) ?? {};
    const Key = `quality/profiles/shop/sales/${profiledAt}.json`;
    const kept = await aws.s3.send(new GetObjectCommand({ Bucket: 'results', Key }));
    expect(JSON.parse((await kept.Body?.transformToString()) ?? '')).toEqual({ profiledAt, ...rest });
  });
});
