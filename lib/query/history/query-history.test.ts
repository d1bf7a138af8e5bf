import { AthenaClient, BatchGetQueryExecutionCommand } from '@aws-sdk/client-athena';
import { CreateBucketCommand, DeleteObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { Database } from '@/lib/db/database';
import { markPipelineSql } from '@/lib/languages/trino-sql/pipeline-mark';
import { AthenaSession } from '../../../infra/local/services/athena/testing/athena-session';
import { cancelQuery, getQueryRecord, listQueryHistory, listRunningQueries, runQuery } from '../index';
import type { ListQueryHistory, QueryRecord } from './schemas';

const BUCKET = 'results';
let database: Database;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));
vi.mock('@/lib/aws/lake', () => ({ getLake: async () => ({ workGroup: 'primary', database: 'retail' }) }));

let lake: TestLake;
let s3: S3Client;
let outside: AthenaSession;
let [alice, bob, engineer] = [] as unknown as [Context, Context, Context];

beforeAll(async () => {
  [database, lake] = await Promise.all([
    Database.start({ folder: 'memory://' }),
    startTestLake({ services: ['s3', 'glue', 'athena'] }),
  ]);
  s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const athena = new AthenaClient(lake.clientConfig);
  // The workgroup says where results go; this one, which every account has, leaves it to whoever asks.
  athena.middlewareStack.add(
    (next) => (args) => {
      const input = args.input as { QueryString?: string; ResultConfiguration?: object };
      if (input.QueryString) input.ResultConfiguration = { OutputLocation: `s3://${BUCKET}/athena/` };
      return next(args);
    },
    { step: 'initialize' },
  );
  outside = new AthenaSession(athena, {});
  alice = person('alice', 'analyst');
  bob = person('bob', 'analyst');
  engineer = person('eve', 'engineer');
});
afterAll(async () => {
  outside.client.destroy();
  s3.destroy();
  await Promise.all([database.close(), lake.close()]);
});
beforeEach(() => vi.restoreAllMocks());

function person(name: string, role: Role): Context {
  const user = { id: name, email: `${name}@example.com`, name };
  return { user, role, aws: { athena: outside.client, s3 } as unknown as Context['aws'], requestId: 'r1' };
}

async function run(ctx: Context, sql: string, purpose?: 'plan'): Promise<string> {
  const { id } = await runQuery(ctx, { sql, ...(purpose ? { purpose } : {}) });
  await outside.finish(id);
  return id;
}

async function all(ctx: Context, filter: ListQueryHistory): Promise<QueryRecord[]> {
  const records: QueryRecord[] = [];
  let next: string | undefined;
  do {
    const page = await listQueryHistory(ctx, { ...filter, ...(next ? { next } : {}) });
    records.push(...page.records);
    next = page.next;
  } while (next);
  return records;
}

test('an analyst finds what they ran, an engineer what everybody ran: people, the data API, the pipeline and strangers', async () => {
  await run(alice, 'SELECT 11');
  await run({ ...bob, via: 'api' }, 'SELECT 22');
  await outside.run(markPipelineSql('SELECT 33'));
  await outside.run('SELECT 44');
  expect(await all(alice, {})).toMatchObject([
    { sql: 'SELECT 11', by: 'alice@example.com', isOwn: true, source: 'console' },
  ]);
  expect((await all(engineer, { whose: 'everybody' })).map(({ by, source }) => [by, source])).toEqual([
    [undefined, 'outside'],
    [undefined, 'pipeline'],
    ['bob@example.com', 'api'],
    ['alice@example.com', 'console'],
  ]);
  // What is asked for in the address is no way around it.
  await expect(listQueryHistory(alice, { whose: 'everybody' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await all(alice, { person: 'bob@example.com' })).toHaveLength(1);
  expect(await all(engineer, { whose: 'everybody', person: 'BOB@example.com' })).toMatchObject([{ sql: 'SELECT 22' }]);
  await expect(listQueryHistory(person('v', 'viewer'), {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('it is sieved by text, status, table, source and time, and a failure says where it is', async () => {
  const before = Date.now();
  await run(alice, "SELECT 'Needle' AS hay");
  await run(alice, 'SELECT nothing FROM missing_table');
  const of = async (filter: ListQueryHistory) => (await all(alice, { since: before, ...filter })).map(({ sql }) => sql);
  expect(await of({ search: 'nEEdle' })).toEqual(["SELECT 'Needle' AS hay"]);
  expect(await of({ search: '%' })).toEqual([]);
  expect(await of({ table: 'retail.missing_table' })).toEqual(['SELECT nothing FROM missing_table']);
  expect(await of({ table: 'missing' })).toEqual([]);
  expect(await of({ status: 'succeeded' })).toEqual(["SELECT 'Needle' AS hay"]);
  expect(await of({ source: 'api' })).toEqual([]);
  // What the console asks for to draw a plan is told apart from an EXPLAIN that somebody wrote.
  await run(alice, 'EXPLAIN (FORMAT JSON) SELECT 1', 'plan');
  await run(alice, 'EXPLAIN SELECT 1');
  expect(await of({ source: 'plan' })).toEqual(['EXPLAIN (FORMAT JSON) SELECT 1']);
  expect(await of({ until: before })).toEqual([]);
  const [failed] = await all(alice, { status: 'failed' });
  expect(failed?.error).toMatchObject({ line: 1, message: expect.stringContaining('does not exist') });
  await expect(listQueryHistory(alice, { next: 'garbage' })).rejects.toMatchObject({ code: 'INVALID' });
});

test('pages cost one call of Athena each, whoever ran what', async () => {
  const ids = await Promise.all(
    Array.from({ length: 60 }, (_, index) => runQuery(bob, { sql: `SELECT ${index} AS many` })),
  );
  await Promise.all(ids.map(({ id }) => outside.finish(id)));
  const send = vi.spyOn(outside.client, 'send');
  const first = await listQueryHistory(bob, { search: 'many' });
  expect(first.records).toHaveLength(50);
  expect(send.mock.calls.filter(([command]) => command instanceof BatchGetQueryExecutionCommand)).toHaveLength(1);
  const second = await listQueryHistory(bob, { search: 'many', next: first.next });
  expect(new Set([...first.records, ...second.records].map(({ id }) => id)).size).toBe(60);
  const everybody = await all(engineer, { whose: 'everybody', search: 'many' });
  expect(everybody).toHaveLength(60);
});

test('a record has its rows, and says when they are gone', async () => {
  const id = await run(alice, 'SELECT * FROM (VALUES 1, 2, 3) AS t(n)');
  expect(await getQueryRecord(alice, { id })).toMatchObject({ outputRows: 3, result: 'there', parameters: [] });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: `athena/${id}` }));
  for (const { Key } of Contents) await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));
  expect(await getQueryRecord(alice, { id })).toMatchObject({ result: 'gone' });
  await expect(getQueryRecord(bob, { id })).rejects.toMatchObject({ reason: 'queryNotOwn' });
  expect(await getQueryRecord(engineer, { id })).toMatchObject({ result: 'gone' });
});

test('a running query is found again and cancelled by who started it, and by nobody else below an engineer', async () => {
  const slow =
    'SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a(x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b(y) CROSS JOIN UNNEST(sequence(1, 10000)) AS c(z) WHERE x * y * z % 7 = 3';
  const { id } = await runQuery(alice, { sql: slow });
  expect(await listRunningQueries(alice)).toMatchObject([{ id, isOwn: true }]);
  expect(await listRunningQueries(bob)).toEqual([]);
  await expect(cancelQuery(bob, { id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await cancelQuery(alice, { id });
  expect((await outside.finish(id)).Status?.State).toBe('CANCELLED');
  expect(await listRunningQueries(alice)).toEqual([]);
});
