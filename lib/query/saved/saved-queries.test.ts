import {
  AthenaClient,
  BatchGetNamedQueryCommand,
  CreateNamedQueryCommand,
  ListNamedQueriesCommand,
  UpdateNamedQueryCommand,
} from '@aws-sdk/client-athena';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { Database } from '@/lib/db/database';
import {
  compareQueryVersions,
  deleteSavedQuery,
  getSavedQuery,
  listQueryVersions,
  listSavedQueries,
  moveQueryFolder,
  moveSavedQuery,
  restoreQueryVersion,
  saveQuery,
  undeleteSavedQuery,
} from '../index';

let database: Database;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));
vi.mock('@/lib/aws/lake', () => ({ getLake: async () => ({ workGroup: 'primary', database: 'retail' }) }));

let lake: TestLake;
let athena: AthenaClient;
let [alice, bob, eve, admin, viewer] = [] as unknown as Context[];

beforeAll(async () => {
  [database, lake] = await Promise.all([
    Database.start({ folder: 'memory://' }),
    startTestLake({ services: ['s3', 'glue', 'athena'] }),
  ]);
  athena = new AthenaClient(lake.clientConfig);
  [alice, bob, eve, admin, viewer] = await Promise.all([
    person('alice', 'analyst'),
    person('bob', 'analyst'),
    person('eve', 'engineer'),
    person('admin', 'administrator'),
    person('viewer', 'viewer'),
  ]);
});
afterAll(async () => {
  athena.destroy();
  await Promise.all([database.close(), lake.close()]);
});
beforeEach(async () => {
  for (const ctx of [admin as Context]) {
    for (const { id } of await listSavedQueries(ctx)) await deleteSavedQuery(ctx, { id });
  }
  await database.prisma.savedQuery.deleteMany();
});

async function person(name: string, role: Role): Promise<Context> {
  const email = `${name}@example.com`;
  const { id } = await database.prisma.user.create({ data: { email, name, role, passwordHash: '-' } });
  return { user: { id, email, name }, role, aws: { athena } as Context['aws'], requestId: 'r1' };
}

const as = (ctx: Context | undefined) => ctx as Context;
const chart = { kind: 'bar' as const, x: 'town', y: ['n'], aggregation: 'sum' as const };
const names = async (ctx: Context | undefined) => (await listSavedQueries(as(ctx))).map(({ name }) => name);

async function namedQueries() {
  const { NamedQueryIds = [] } = await athena.send(new ListNamedQueriesCommand({}));
  if (NamedQueryIds.length === 0) return [];
  const { NamedQueries = [] } = await athena.send(new BatchGetNamedQueryCommand({ NamedQueryIds }));
  return NamedQueries;
}

describe('a saved query', () => {
  test('is found by its path with its parameters, its chart and the tables it reads, and is a named query of Athena', async () => {
    const saved = await saveQuery(as(alice), {
      name: ' finance / monthly//margins ',
      sql: 'SELECT * FROM sales WHERE town = ?',
      parameters: [{ name: 'town', type: 'text', default: 'Lens' }],
      chart,
      tags: ['month end'],
    });
    expect(saved).toMatchObject({ version: 1, name: 'finance/monthly/margins' });
    expect(await getSavedQuery(as(bob), { path: 'Finance/Monthly/margins' })).toMatchObject({
      id: saved.id,
      parameters: [{ name: 'town', type: 'text', default: 'Lens' }],
      chart,
      tables: ['retail.sales'],
      owner: { name: 'alice' },
      isManaged: false,
    });
    expect(await namedQueries()).toMatchObject([
      { Name: saved.name, QueryString: 'SELECT * FROM sales WHERE town = ?' },
    ]);
  });

  test('of two who save at once, one is told that the other was first, and no text is lost', async () => {
    const { id } = await saveQuery(as(alice), { name: 'shared', sql: 'SELECT 0' });
    const save = (ctx: Context, sql: string) => saveQuery(ctx, { id, baseVersion: 1, name: 'shared', sql });
    const results = await Promise.allSettled([save(as(alice), 'SELECT 1'), save(as(bob), 'SELECT 2')]);
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toMatchObject([
      { reason: { code: 'CONFLICT', reason: 'savedQueryChanged', details: { version: 2 } } },
    ]);
    const current = await getSavedQuery(as(alice), { id });
    expect(current).toMatchObject({ version: 2, sql: results[0]?.status === 'fulfilled' ? 'SELECT 1' : 'SELECT 2' });
    expect(await namedQueries()).toMatchObject([{ QueryString: current.sql }]);
    // Whoever lost saves on top of what they have read now.
    await saveQuery(as(bob), { id, baseVersion: 2, name: 'shared', sql: 'SELECT 3' });
    expect((await listQueryVersions(as(alice), { id })).versions.map(({ number }) => number)).toEqual([3, 2, 1]);
  });

  test('has versions that are compared and brought back, with the chart of that time', async () => {
    const { id } = await saveQuery(as(alice), { name: 'v', sql: 'SELECT 1\nFROM a', chart });
    await saveQuery(as(bob), { id, baseVersion: 1, name: 'v', sql: 'SELECT 2\nFROM a', chart: null });
    expect(await compareQueryVersions(as(alice), { id, from: 1, to: 2 })).toMatchObject({
      added: 1,
      removed: 1,
      sql: 'SELECT 1\nFROM a',
      differs: ['chart'],
    });
    expect((await getSavedQuery(as(alice), { id })).chart).toBeUndefined();
    await expect(restoreQueryVersion(as(alice), { id, version: 1, baseVersion: 1 })).rejects.toMatchObject({
      reason: 'savedQueryChanged',
    });
    await restoreQueryVersion(as(alice), { id, version: 1, baseVersion: 2 });
    expect(await getSavedQuery(as(bob), { id })).toMatchObject({
      version: 3,
      sql: 'SELECT 1\nFROM a',
      chart,
    });
    const { versions } = await listQueryVersions(as(bob), { id });
    expect(versions).toMatchObject([
      { number: 3, by: 'alice@example.com', restoredFrom: 1 },
      { by: 'bob@example.com' },
      {},
    ]);
  });

  test('is seen by those that it is shared with, and by nobody else, whatever they ask', async () => {
    const secret = await saveQuery(as(alice), { name: 'own', sql: 'SELECT 1', sharing: 'private' });
    const ops = await saveQuery(as(alice), { name: 'ops', sql: 'SELECT 2', sharing: 'roles', roles: ['engineer'] });
    expect(await names(alice)).toEqual(['ops', 'own']);
    expect([await names(bob), await names(eve), await names(admin)]).toEqual([[], ['ops'], ['ops']]);
    expect(await namedQueries()).toEqual([]);
    const { id } = secret;
    const tries = [
      () => getSavedQuery(as(admin), { id }),
      () => getSavedQuery(as(bob), { path: 'own' }),
      () => listQueryVersions(as(bob), { id }),
      () => compareQueryVersions(as(bob), { id, from: 1, to: 1 }),
      () => saveQuery(as(bob), { id, baseVersion: 1, name: 'mine now', sql: 'SELECT 3' }),
      () => restoreQueryVersion(as(bob), { id, version: 1, baseVersion: 1 }),
      () => moveSavedQuery(as(bob), { id, name: 'elsewhere' }),
      () => deleteSavedQuery(as(bob), { id }),
      () => getSavedQuery(as(bob), { id: ops.id }),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(listSavedQueries(as(viewer))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    // Two people may each have a private query of one name.
    await saveQuery(as(bob), { name: 'own', sql: 'SELECT 4', sharing: 'private' });
    expect(await getSavedQuery(as(bob), { path: 'own' })).toMatchObject({ sql: 'SELECT 4' });
  });

  test('is hidden and deleted by its owner or an administrator alone; what is hidden leaves Athena', async () => {
    const { id } = await saveQuery(as(alice), { name: 'a', sql: 'SELECT 1' });
    const hide = { id, baseVersion: 1, name: 'a', sql: 'SELECT 1', sharing: 'private' } as const;
    await expect(saveQuery(as(bob), hide)).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'savedQueryNotOwn' });
    await expect(deleteSavedQuery(as(eve), { id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await saveQuery(as(alice), hide);
    expect(await namedQueries()).toEqual([]);
    await saveQuery(as(alice), { ...hide, baseVersion: 2, sharing: 'team' });
    await deleteSavedQuery(as(admin), { id });
    expect([await names(alice), await namedQueries()]).toEqual([[], []]);
  });

  test('goes with its folder, all or none, with a way back', async () => {
    const save = (ctx: Context | undefined, name: string, sharing: 'team' | 'private' = 'team') =>
      saveQuery(as(ctx), { name, sql: 'SELECT 1', sharing });
    for (const name of ['fin/a', 'fin/b/c', 'finance/x', 'money/old']) await save(alice, name);
    await save(bob, 'fin/own', 'private');
    await save(alice, 'fin/mine', 'private');
    const { ids } = await moveQueryFolder(as(bob), { from: 'fin', to: ' money / new ' });
    expect(ids).toHaveLength(3);
    expect(await names(alice)).toEqual(['fin/mine', 'finance/x', 'money/new/a', 'money/new/b/c', 'money/old']);
    expect(await names(bob)).toContain('money/new/own');
    expect((await namedQueries()).map(({ Name }) => Name).sort()).toContain('money/new/b/c');

    // Into a folder that is there: an undo leaves what was there before.
    const merged = await moveQueryFolder(as(alice), { from: 'money/new', to: 'finance' });
    expect(await names(alice)).toEqual(['fin/mine', 'finance/a', 'finance/b/c', 'finance/x', 'money/old']);
    await moveQueryFolder(as(alice), { from: 'finance', to: 'fin', only: merged.ids });
    expect(await names(alice)).toEqual(['fin/a', 'fin/b/c', 'fin/mine', 'finance/x', 'money/old']);

    // A folder within itself: names are left and taken at once.
    await save(alice, 'fin/b/a');
    await moveQueryFolder(as(alice), { from: 'fin', to: 'fin/b' });
    expect(await names(alice)).toEqual(['fin/b/a', 'fin/b/b/a', 'fin/b/b/c', 'fin/b/mine', 'finance/x', 'money/old']);

    await save(alice, 'finance/A');
    await expect(moveQueryFolder(as(alice), { from: 'fin/b', to: 'finance' })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { name: 'finance/A' },
    });
    await expect(moveQueryFolder(as(alice), { from: 'fin', to: 'x'.repeat(125) })).rejects.toMatchObject({
      reason: 'savedQueryNameTooLong',
    });
    await expect(moveQueryFolder(as(alice), { from: 'fin_', to: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(moveQueryFolder(as(viewer), { from: 'fin', to: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await names(alice)).toContain('fin/b/b/c');
  });

  test('is moved and deleted with a way back, unless its name was taken meanwhile', async () => {
    const { id } = await saveQuery(as(alice), { name: 'a', sql: 'SELECT 1' });
    expect(await moveSavedQuery(as(bob), { id, name: 'finance/a' })).toEqual({ from: 'a' });
    expect(await namedQueries()).toMatchObject([{ Name: 'finance/a' }]);
    await deleteSavedQuery(as(alice), { id });
    expect((await listSavedQueries(as(alice), { deleted: true })).map(({ name }) => name)).toEqual(['finance/a']);
    await undeleteSavedQuery(as(alice), { id });
    expect([await names(bob), await namedQueries()]).toMatchObject([['finance/a'], [{ Name: 'finance/a' }]]);
    await deleteSavedQuery(as(alice), { id });
    await saveQuery(as(bob), { name: 'FINANCE/A', sql: 'SELECT 2' });
    await expect(undeleteSavedQuery(as(alice), { id })).rejects.toMatchObject({ reason: 'savedQueryNameTaken' });
    await expect(saveQuery(as(alice), { name: 'finance/a', sql: 'SELECT 3' })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { field: 'name' },
    });
  });

  test('is saved though Athena does not go along, and the next save brings it in step', async () => {
    const down = { send: () => Promise.reject(new Error('Athena is down')) } as unknown as AthenaClient;
    const cutOff = { ...as(alice), aws: { athena: down } as Context['aws'] };
    const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { id, isInStep } = await saveQuery(cutOff, { name: 'a', sql: 'SELECT 1' });
    expect(log.mock.lastCall?.[0]).toContain('is not in step');
    log.mockRestore();
    expect([isInStep, await namedQueries()]).toEqual([false, []]);
    const next = await saveQuery(as(alice), { id, baseVersion: 1, name: 'a', sql: 'SELECT 2' });
    expect([next, await namedQueries()]).toMatchObject([{ version: 2, isInStep: true }, [{ QueryString: 'SELECT 2' }]]);
  });

  test.each([
    { name: ' / / ', sql: 'SELECT 1' },
    { name: 'x'.repeat(129), sql: 'SELECT 1' },
    { name: 'a', sql: ' ' },
    { name: 'a', sql: 'SELECT 1', sharing: 'roles' as const },
    { name: 'a', sql: 'SELECT 1', id: '00000000-0000-4000-8000-000000000000' },
    { name: 'a', sql: 'SELECT ?', parameters: [{ name: 'p', type: 'date' as const, default: 'soon' }] },
    { name: 'a', sql: 'SELECT 1', chart: { ...chart, x: 'x'.repeat(9_000) } },
  ])('is refused when it is malformed: %j', async (input) => {
    await expect(saveQuery(as(alice), input)).rejects.toMatchObject({ name: 'ZodError' });
    expect(await names(alice)).toEqual([]);
  });
});

test('what was saved or changed with Athena is taken over, once, as a version of its own', async () => {
  const foreign = { Database: 'retail', QueryString: 'SELECT 1', Name: 'month end/from aws' };
  const { NamedQueryId } = await athena.send(new CreateNamedQueryCommand(foreign));
  await Promise.all([listSavedQueries(as(alice)), listSavedQueries(as(bob))]);
  const [query] = await listSavedQueries(as(bob));
  expect(query).toMatchObject({ name: foreign.Name, sql: 'SELECT 1', version: 1, isManaged: true });
  await athena.send(new UpdateNamedQueryCommand({ NamedQueryId, Name: foreign.Name, QueryString: 'SELECT 2' }));
  expect(await listSavedQueries(as(alice))).toMatchObject([{ sql: 'SELECT 2', version: 2 }]);
  expect(await listSavedQueries(as(alice))).toMatchObject([{ version: 2 }]);
  const id = query?.id ?? '';
  await saveQuery(as(alice), { id, baseVersion: 2, name: foreign.Name, sql: 'SELECT 3' });
  expect(await namedQueries()).toMatchObject([{ NamedQueryId, QueryString: 'SELECT 3' }]);
  // A second of the same name is told apart.
  await athena.send(new CreateNamedQueryCommand(foreign));
  expect(await names(alice)).toEqual([foreign.Name, expect.stringMatching(/^month end\/from aws \(\w{8}\)$/)]);
});
