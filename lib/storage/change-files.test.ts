import { randomUUID } from 'node:crypto';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { Database } from '@/lib/db/database';
import type { Undo } from './change-schemas';
import {
  copyFiles,
  deleteFiles,
  getChange,
  listBeneath,
  listChanges,
  listCurrent,
  listDeleted,
  listFiles,
  moveFiles,
  restoreFiles,
  zipFiles,
} from './index';

const lakeNames = vi.hoisted(() => ({
  rawBucket: 'test-raw',
  quarantineBucket: 'test-quarantine',
  processedBucket: 'test-processed',
  resultsBucket: 'test-results',
}));
let database: Database;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));
vi.mock('@/lib/aws/lake', () => ({ getLake: async () => lakeNames }));
vi.mock('next-intl/server', () => ({ getLocale: async () => 'en' }));

let lake: TestLake;
let s3: S3Client;

beforeAll(async () => {
  database = await Database.start({ folder: 'memory://' });
  lake = await startTestLake({ services: ['s3'] });
  s3 = new S3Client(lake.clientConfig);
  for (const Bucket of Object.values(lakeNames)) {
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  }
});
afterAll(async () => {
  s3.destroy();
  await lake.close();
  await database.close();
});
beforeEach(async () => {
  await database.prisma.auditEvent.deleteMany();
});

const as = (role: Role): Context => ({
  user: { id: role, email: `${role}@example.com`, name: role },
  role,
  aws: {
    get s3() {
      return s3;
    },
  } as Context['aws'],
  requestId: 'r1',
});
const engineer = as('engineer');
const raw = lakeNames.rawBucket;

async function put(key: string, body: string, bucket = raw): Promise<string> {
  const { VersionId = '' } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  return VersionId;
}

async function read(key: string, bucket = raw): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}

/** Every version's bytes of a key, so that a test can tell that none was lost. */
async function bodies(key: string): Promise<string[]> {
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: raw, Prefix: key }));
  return Promise.all(
    Versions.filter(({ Key }) => Key === key).map(async ({ VersionId }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: raw, Key: key, VersionId }));
      return (await Body?.transformToString()) ?? '';
    }),
  );
}

/** As the browser does it: what was taken away comes back before the copies go. */
async function undo(ctx: Context, id: string): Promise<string[]> {
  const undos = await getChange(ctx, { id });
  const isCopy = ({ movedFrom }: Undo) => movedFrom !== undefined;
  const ordered = [...undos.filter((item) => !isCopy(item)), ...undos.filter(isCopy)];
  const results = [];
  for (const { zone, key, versionId, seen } of ordered) {
    results.push(...(await restoreFiles(ctx, { zone, undoes: id, files: [{ key, versionId, seen }] })));
  }
  return results.map(({ key, outcome }) => `${key} ${outcome}`).sort();
}

describe('copy', () => {
  test('over a file makes a new version, and undo rolls it back to the one before', async () => {
    await put('copy/a.csv', 'source');
    const seen = await put('copy/b.csv', 'target');
    const changeId = randomUUID();
    const files = [{ key: 'copy/a.csv', to: 'copy/b.csv', seen }];
    expect(await copyFiles(as('analyst'), { changeId, zone: 'raw', files })).toEqual([
      { key: 'copy/a.csv', outcome: 'copied' },
    ]);
    expect(await read('copy/b.csv')).toBe('source');
    expect(await undo(as('analyst'), changeId)).toEqual(['copy/b.csv restored']);
    expect(await read('copy/b.csv')).toBe('target');
    expect(await bodies('copy/b.csv')).toEqual(['target', 'source', 'target']);
  });

  test('to a new key is taken away by undo, unless somebody wrote there since', async () => {
    await put('copy/one', '1');
    const changeId = randomUUID();
    const files = [
      { key: 'copy/one', to: 'copied/one', seen: null },
      { key: 'copy/one', to: 'copied/two', seen: null },
    ];
    await copyFiles(engineer, { changeId, zone: 'raw', files });
    await put('copied/two', 'newer');
    expect(await undo(engineer, changeId)).toEqual(['copied/one deleted', 'copied/two changed']);
    expect(await read('copied/one')).toBeUndefined();
    expect(await read('copied/two')).toBe('newer');
  });

  test('leaves alone what is not as the person saw it', async () => {
    await put('copy/x', 'x');
    await put('copy/y', 'newer');
    const files = [
      { key: 'copy/x', to: 'copy/y', seen: null },
      { key: 'copy/never', to: 'copy/z', seen: null },
      { key: 'copy/x', to: 'copy/x' },
    ];
    const outcomes = await copyFiles(engineer, { changeId: randomUUID(), zone: 'raw', files });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['changed', 'gone', 'unchanged']);
    expect(await read('copy/y')).toBe('newer');
  });

  test.each(['no-dataset.csv', 'sales/', 'sales/../x', 'Sales/x', `sales/${'é'.repeat(600)}`])(
    'refuses the key %s',
    async (to) => {
      const change = { changeId: randomUUID(), zone: 'raw' as const, files: [{ key: 'copy/x', to }] };
      await expect(copyFiles(engineer, change)).rejects.toMatchObject({ name: 'ZodError' });
    },
  );

  test('is not for viewers', async () => {
    const change = { changeId: randomUUID(), zone: 'raw' as const, files: [{ key: 'copy/x', to: 'copy/y' }] };
    await expect(copyFiles(as('viewer'), change)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('move', () => {
  test('and its undo keep every byte, also of what was there before', async () => {
    await put('move/Ünï cödé %20+.csv', 'moved');
    await put('moved/there', 'before');
    const changeId = randomUUID();
    const files = [{ key: 'move/Ünï cödé %20+.csv', to: 'moved/there' }];
    expect(await moveFiles(engineer, { changeId, zone: 'raw', files })).toMatchObject([{ outcome: 'moved' }]);
    expect(await read('move/Ünï cödé %20+.csv')).toBeUndefined();
    expect(await read('moved/there')).toBe('moved');
    expect(await undo(engineer, changeId)).toEqual(['move/Ünï cödé %20+.csv restored', 'moved/there restored']);
    expect(await read('move/Ünï cödé %20+.csv')).toBe('moved');
    expect(await read('moved/there')).toBe('before');
    expect(await bodies('moved/there')).toEqual(['before', 'moved', 'before']);
  });

  test('out of quarantine comes back there', async () => {
    await put('sales/bad.csv', 'bad', lakeNames.quarantineBucket);
    const changeId = randomUUID();
    const files = [{ key: 'sales/bad.csv', to: 'sales/bad.csv' }];
    expect(await moveFiles(engineer, { changeId, zone: 'quarantine', files })).toMatchObject([{ outcome: 'moved' }]);
    expect(await read('sales/bad.csv', lakeNames.quarantineBucket)).toBeUndefined();
    await undo(engineer, changeId);
    expect(await read('sales/bad.csv', lakeNames.quarantineBucket)).toBe('bad');
    expect(await read('sales/bad.csv')).toBeUndefined();
  });

  test('is not for analysts, who may not delete', async () => {
    const change = { changeId: randomUUID(), zone: 'raw' as const, files: [{ key: 'move/x', to: 'move/y' }] };
    await expect(moveFiles(as('analyst'), change)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('delete', () => {
  test('hides files, lists them as deleted, and undo brings them back', async () => {
    await put('del/a', 'old');
    await put('del/a', 'new');
    await put('del/b', 'b');
    const changeId = randomUUID();
    const files = [{ key: 'del/a' }, { key: 'del/b' }, { key: 'del/never' }];
    const outcomes = await deleteFiles(engineer, { changeId, zone: 'raw', files });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['deleted', 'deleted', 'gone']);
    expect((await listDeleted(engineer, { zone: 'raw', prefix: 'del/' })).files).toMatchObject([
      { key: 'del/a', name: 'a', sizeBytes: 3 },
      { key: 'del/b', name: 'b', sizeBytes: 1 },
    ]);
    expect(await undo(engineer, changeId)).toEqual(['del/a restored', 'del/b restored']);
    expect(await read('del/a')).toBe('new');
    expect(await bodies('del/a')).toEqual(['new', 'new', 'old']);
    expect((await listDeleted(engineer, { zone: 'raw', prefix: 'del/' })).files).toEqual([]);
  });

  test('of a key that was written again since stays undone', async () => {
    await put('del/again', 'first');
    const changeId = randomUUID();
    await deleteFiles(engineer, { changeId, zone: 'raw', files: [{ key: 'del/again' }] });
    await put('del/again', 'second');
    expect(await undo(engineer, changeId)).toEqual(['del/again changed']);
    expect(await read('del/again')).toBe('second');
  });
});

describe('deleted files', () => {
  test('are found among many, where S3’s page breaks between a marker and what it hides', async () => {
    const keys = Array.from({ length: 700 }, (_, index) => `many/${String(index).padStart(4, '0')}`);
    for (const key of keys) await put(key, 'x');
    for (const Key of keys) await s3.send(new DeleteObjectCommand({ Bucket: raw, Key }));
    const first = await listDeleted(engineer, { zone: 'raw', prefix: 'many/' });
    const all = [...first.files];
    for (let { next } = first; next !== undefined; ) {
      const page = await listDeleted(engineer, { zone: 'raw', prefix: 'many/', after: next });
      all.push(...page.files);
      next = page.next;
    }
    expect(all.map(({ key }) => key)).toEqual(keys);
    expect(all.every(({ sizeBytes }) => sizeBytes === 1)).toBe(true);
  });

  test('that are markers alone cannot come back and are not listed', async () => {
    await s3.send(new DeleteObjectCommand({ Bucket: raw, Key: 'never/was' }));
    expect((await listDeleted(engineer, { zone: 'raw', prefix: 'never/' })).files).toEqual([]);
  });
});

describe('recent changes', () => {
  test('are the person’s own, count files once, and say when they were undone', async () => {
    await put('recent/a', 'a');
    await put('recent/b', 'b');
    const moveId = randomUUID();
    const files = ['a', 'b'].map((name) => ({ key: `recent/${name}`, to: `elsewhere/${name}` }));
    await moveFiles(engineer, { changeId: moveId, zone: 'raw', files });
    expect(await listChanges(engineer)).toMatchObject([{ id: moveId, action: 'files.move', files: 2 }]);
    expect(await listChanges(as('analyst'))).toEqual([]);
    await expect(getChange(as('analyst'), { id: moveId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await undo(engineer, moveId);
    const [change] = await listChanges(engineer);
    expect(change?.undoneAt).toBeGreaterThanOrEqual(change?.at ?? 0);
  });
});

describe('browsing', () => {
  test('goes one level down, by prefix, and names odd keys as they are', async () => {
    const names = ['odd//empty', 'odd/', 'odd/ spaced ', 'odd/sub/x', 'odd/sub/y', 'odd/sunday', 'odd/&<é>"'];
    for (const name of names) await put(name, 'x');
    const page = await listFiles(engineer, { zone: 'raw', prefix: 'odd/' });
    expect(page.folders).toEqual(['odd//', 'odd/sub/']);
    expect(page.files.map(({ name }) => name)).toEqual(['', ' spaced ', '&<é>"', 'sunday']);
    const found = await listFiles(engineer, { zone: 'raw', prefix: 'odd/', search: 'su' });
    expect([...found.folders, ...found.files.map(({ key }) => key)]).toEqual(['odd/sub/', 'odd/sunday']);
    const beneath = await listBeneath(engineer, { zone: 'raw', prefix: 'odd/' });
    expect(beneath.files).toHaveLength(names.length);
    const [missing, there] = await listCurrent(engineer, { zone: 'raw', keys: ['odd/none', 'odd/sunday'] });
    expect(missing).toMatchObject({ versionId: null });
    expect(there).toMatchObject({ versionId: expect.any(String), sizeBytes: 1 });
  });
});

describe('zip', () => {
  test('has the files’ bytes under names that stay inside of the folder', async () => {
    await put('zip/a.txt', 'A');
    await put('zip/../../etc/passwd', 'B');
    await put('zip//a.txt', 'C');
    const stream = await zipFiles(as('analyst'), {
      zone: 'raw',
      prefix: 'zip/',
      keys: ['zip/a.txt', 'zip/../../etc/passwd', 'zip//a.txt'],
    });
    const archive = unzipSync(new Uint8Array(await new Response(stream).arrayBuffer()));
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    expect(Object.entries(archive).map(([name, bytes]) => [name, text(bytes)])).toEqual([
      ['a.txt', 'A'],
      ['etc/passwd', 'B'],
      ['a (2).txt', 'C'],
    ]);
  });
});
