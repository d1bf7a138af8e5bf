import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { State } from '../../state/state.ts';
import type { S3Event } from './events.ts';
import { ObjectStore } from './object-store.ts';
import { SMALL_BYTES_MAX } from './small-blobs.ts';
import { sequencerOf } from './version-index.ts';

const requester = {
  type: 'Service' as const,
  arn: 'glue.amazonaws.com',
  accountId: '000000000000',
  userId: 'glue',
};
let folder: string;
let state: State;
let store: ObjectStore;
let events: S3Event[] = [];

const startStore = () =>
  ObjectStore.start({
    ctx: {
      state,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      clock: Date.now,
      newId: () => crypto.randomUUID(),
      account: '000000000000',
      region: 'eu-west-3',
    },
    folder,
    outbox: { append: (event) => void events.push(event) },
  });

beforeEach(async () => {
  events = [];
  folder = await mkdtemp(join(tmpdir(), 'lacustre-store-'));
  state = State.open(folder);
  store = await startStore();
  await store.createBucket('lake');
});
afterEach(async () => {
  await store.close();
  await state.close();
  await rm(folder, { recursive: true, force: true });
});

const put = (key: string, text: string) => store.put({ bucket: 'lake', key, body: Buffer.from(text), requester });
const version = async (status: 'Enabled' | 'Suspended') =>
  store.updateBucket('lake', (bucket) => ({ ...bucket, versioning: status, eventBridge: true }));

describe('services inside the lake', () => {
  test('write from memory, from a stream, and hand over a finished file', async () => {
    const file = join(folder, 'made.parquet');
    await writeFile(file, 'parquet');
    const { ino } = await stat(file);
    const adopted = await store.put({ bucket: 'lake', key: 'a', body: { adopt: file }, requester });
    expect(existsSync(file)).toBe(false);
    expect((await stat(store.path(adopted))).ino).toBe(ino);
    await store.put({ bucket: 'lake', key: 'b', body: Readable.from(['one ', 'two'].map(Buffer.from)), requester });
    await put('c', 'bytes');
    const texts = await Promise.all(store.list('lake').map(async (each) => `${await store.readBytes(each)}`));
    expect(texts).toEqual(['parquet', 'one two', 'bytes']);
    const part = await store.read(adopted, { start: 1, end: 2 }).toArray();
    expect(Buffer.concat(part).toString()).toBe('ar');
  });

  test('keep a file that they could not hand over', async () => {
    const file = join(folder, 'made');
    await writeFile(file, 'x');
    await put('taken', 'first');
    const again = store.put({ bucket: 'lake', key: 'taken', body: { adopt: file }, ifNoneMatch: '*', requester });
    await expect(again).rejects.toMatchObject({ code: 'PreconditionFailed' });
    expect(await readFile(file, 'utf8')).toBe('x');
  });

  test('see current objects under a prefix, in key order, and nothing that was deleted', async () => {
    await version('Enabled');
    for (const key of ['t/b', 't/a', 'u', 't/c']) await put(key, key);
    await put('t/a', 'newer');
    await store.remove('lake', 't/b', undefined, requester);
    expect(store.list('lake', 't/').map(({ key, size }) => [key, size])).toEqual([
      ['t/a', 5],
      ['t/c', 3],
    ]);
    expect(store.find('lake', 't/b')).toBeUndefined();
    expect(() => store.get('lake', 't/b')).toThrow(/key does not exist/);
    expect(() => store.get('none', 't/b')).toThrow(/bucket does not exist/);
  });

  test('read what they hold to the end, whoever deletes it meanwhile', async () => {
    const held = await put('k', 'held');
    const release = store.hold([held]);
    await store.remove('lake', 'k', undefined, requester);
    expect(await readFile(store.path(held), 'utf8')).toBe('held');
    release();
    await expect.poll(() => existsSync(store.path(held))).toBe(false);
  });

  test('cause events like everybody', async () => {
    await version('Enabled');
    const { versionId, sequencer } = await put('k', 'x');
    expect(events[0]?.detail.object).toMatchObject({ key: 'k', size: 1, 'version-id': versionId, sequencer });
  });
});

describe('what goes wrong', () => {
  test('in the middle of a body leaves no file and no object', async () => {
    async function* broken() {
      yield Buffer.alloc(3 << 20);
      throw new Error('the source broke');
    }
    await expect(store.put({ bucket: 'lake', key: 'k', body: broken(), requester })).rejects.toThrow();
    expect(store.list('lake')).toEqual([]);
    await put('k', 'fine');
    expect(store.list('lake')).toHaveLength(1);
  });

  test('in the commit leaves neither object nor event', async () => {
    await version('Enabled');
    await put('k', 'one');
    const write = store.put({ bucket: 'lake', key: 'k', body: Buffer.from('two'), ifMatch: 'other', requester });
    await expect(write).rejects.toMatchObject({ code: 'PreconditionFailed' });
    expect(events).toHaveLength(1);
    expect(`${await store.readBytes(store.get('lake', 'k'))}`).toBe('one');
  });
});

test('an order of writes outlives the process', async () => {
  const before = await put('k', 'one');
  await store.close();
  store = await ObjectStore.start({
    ctx: {
      state,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      clock: () => 0,
      newId: () => crypto.randomUUID(),
      account: '000000000000',
      region: 'eu-west-3',
    },
    folder,
    outbox: { append: () => undefined },
  });
  const after = await put('k', 'two');
  expect(after.sequencer > before.sequencer).toBe(true);
  expect(`${await store.readBytes(store.get('lake', 'k'))}`).toBe('two');
});

describe('objects that are small enough for the State', () => {
  const text = (path: string) => readFile(path, 'utf8');

  test('are read by path, also when they are deleted meanwhile, and again after a restart', async () => {
    const small = await put('k', 'one');
    const release = store.hold([small]);
    await store.remove('lake', 'k', undefined, requester);
    expect(await text(store.path(small))).toBe('one');
    expect(`${await store.readBytes(small)}`).toBe('one');
    release();
    await expect.poll(() => existsSync(store.path(small))).toBe(false);
    const next = await put('k', 'two');
    const path = store.path(next);
    await writeFile(path, 'torn by a power cut');
    await store.close();
    store = await startStore();
    expect(await text(store.path(next))).toBe('two');
  });

  test('are right on both sides of the border, and when they are empty', async () => {
    for (const size of [0, 1, SMALL_BYTES_MAX - 1, SMALL_BYTES_MAX, SMALL_BYTES_MAX + 1]) {
      const body = Buffer.from(Array.from({ length: size }, (_, n) => n % 251));
      const written = await store.put({ bucket: 'lake', key: `${size}`, body, requester });
      expect(Buffer.compare(await store.readBytes(written), body)).toBe(0);
      expect(Buffer.compare(await readFile(store.path(written)), body)).toBe(0);
      expect(await store.read(written).toArray().then(Buffer.concat)).toEqual(body);
    }
  });

  test('are gone from the State with their last version', async () => {
    const first = await put('k', 'one');
    await put('k', 'two');
    expect(store.versions.smallBlob(first.blob ?? '')).toBeUndefined();
    const second = store.get('lake', 'k');
    await store.remove('lake', 'k', undefined, requester);
    expect(store.versions.smallBlob(second.blob ?? '')).toBeUndefined();
  });
});

test('versions as an older lake wrote them, with named fields and a file each, are still read', async () => {
  const body = 'x'.repeat(SMALL_BYTES_MAX + 1);
  const { blob = '' } = await put('made', body);
  const old = {
    bucket: 'lake',
    key: 'old',
    versionId: 'null',
    isDeleteMarker: false,
    size: 3,
    etag: 'f97c5d29941bfb1b2fdab0874906ab82',
    lastModified: Date.UTC(2026, 0, 1),
    contentType: 'text/plain',
    metadata: { by: 'an older lake' },
    headers: {},
    tags: { zone: 'raw' },
    storageClass: 'STANDARD',
    sequencer: sequencerOf(77),
    blob: blob.replace(/.{4}$/, '0000'),
  };
  await writeFile(store.path(old), 'old');
  await state.commit(() => {
    state.table('s3-versions').put(['lake', 'old', Number.MAX_SAFE_INTEGER - 77], old);
    state.table('s3-version-sequences').put(['lake', 'old', 'null'], 77);
    state.table('s3-blobs').put([old.blob], true);
  });
  expect(store.get('lake', 'old')).toEqual(old);
  expect(`${await store.readBytes(store.get('lake', 'old'))}`).toBe('old');
  await store.updateVersion(store.get('lake', 'old'), (version) => ({ ...version, tags: {} }));
  expect(store.get('lake', 'old')).toMatchObject({ ...old, tags: {} });
  await put('old', 'new');
  expect(existsSync(store.path(old))).toBe(false);
  expect(store.list('lake').map(({ key }) => key)).toEqual(['made', 'old']);
});

describe('files that are made ahead of writes', () => {
  const files = async () =>
    (await readdir(join(folder, 'blobs'), { recursive: true, withFileTypes: true })).filter((each) => each.isFile());

  // What is smaller needs no file.
  const large = 'one '.repeat(SMALL_BYTES_MAX);

  test('are gone when the lake is closed', async () => {
    await put('k', large);
    await store.close();
    expect((await files()).map(({ name }) => name)).toEqual([store.get('lake', 'k').blob]);
  });

  test('are swept when the lake was killed', async () => {
    await put('k', large);
    await expect.poll(async () => (await files()).length).toBeGreaterThan(1);
    const killed = store;
    store = await startStore();
    await store.blobs.swept();
    expect((await files()).map(({ name }) => name)).toEqual([store.get('lake', 'k').blob]);
    await killed.close();
  });

  test('are enough for however many writes come at once', async () => {
    const keys = Array.from({ length: 300 }, (_, n) => `k${n}`);
    await Promise.all(keys.map((key) => put(key, key + large)));
    const texts = await Promise.all(
      store.list('lake').map(async (each) => [each.key, `${await store.readBytes(each)}`]),
    );
    expect(texts.every(([key, text]) => key + large === text)).toBe(true);
    expect(texts).toHaveLength(keys.length);
  });
});
