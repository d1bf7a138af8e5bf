import { describe, expect, it } from 'vitest';
import type { Contract } from '@/lib/languages/contract/contract.ts';
import type { Inspection } from '@/lib/languages/contract/inspect-file.ts';
import { SendFailure } from '@/lib/storage/send-failure';
import type { RememberedUpload } from '@/lib/storage/upload-memory';
import { phaseOf } from './upload-item';
import { type UploadEffects, UploadStore } from './upload-store';

const contract = { name: 'sales' } as Contract;
const good: Inspection = {
  kind: 'table',
  format: { type: 'parquet' },
  contract,
  rowsChecked: 3,
  complete: true,
  problems: [],
  problemCount: 0,
};

type World = Partial<UploadEffects> & { put?: (path: string) => Promise<string>; inspect?: () => Inspection };

function open({ put, inspect, ...effects }: World = {}) {
  let ids = 0;
  const sent: string[] = [];
  const begun: string[] = [];
  const aborted: string[] = [];
  const remembered = new Map<string, RememberedUpload>();
  const store = new UploadStore(['sales'], {
    look: async () => ({ inspection: inspect?.() ?? good, first: { columns: [], rows: [] } }),
    findContract: async () => ({ contract, etag: 'e' }),
    keepContract: async () => ({ contract, etag: 'e' }),
    findSameSized: async () => [],
    checksum: async (algorithm, file) => `${algorithm} ${await file.text()}`,
    partChecksum: async () => ({ high: 0, low: 0 }),
    findRun: async (key) => `run of ${key}`,
    newId: () => `${++ids}`,
    now: () => 0,
    sleep: async () => {},
    schedule: (update) => update(),
    hold: () => () => {},
    person: 'ann',
    memory: {
      list: async () => [...remembered.values()],
      keep: async (record) => void remembered.set(record.id, record),
      forget: async (gone) => {
        for (const id of gone) remembered.delete(id);
      },
    },
    transport: ({ dataset, path, begun: before, onBegun }) => ({
      create: async () => {
        begun.push(path);
        const upload = { key: `${dataset}/${path}`, uploadId: `of ${path}`, partSizeBytes: 100 };
        await onBegun(upload);
        return { ...upload, urls: [{ number: 1, url: 'u' }] };
      },
      recall: async () => before && { upload: { ...before, urls: [] }, parts: [] },
      sign: async (_upload, numbers) => numbers.map((number) => ({ number, url: 'u' })),
      put: async () => {
        const etag = (await put?.(path)) ?? 'etag';
        sent.push(path);
        return etag;
      },
      complete: async () => ({ versionId: 'v' }),
      abort: async ({ key }) => void aborted.push(key),
    }),
    ...effects,
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 10));
  const dropFiles = async (...files: { path: string; text: string }[]) => {
    store.add(files.map(({ path, text }) => ({ file: new File([text], path), path })));
    await settle();
  };
  /** Files of different lengths, so that none is taken for another's twin. */
  const drop = (...paths: string[]) => dropFiles(...paths.map((path, at) => ({ path, text: 'x'.repeat(at + 1) })));
  const phases = () => store.snapshot().map(phaseOf);
  return { store, sent, begun, aborted, remembered, drop, dropFiles, settle, phases };
}

/** Something that waits until it is let go. */
function gate() {
  let open = () => {};
  const opened = new Promise<string>((resolve) => {
    open = () => resolve('etag');
  });
  return { opened, open: () => open() };
}

describe('a file that should not be sent unseen', () => {
  it('waits with its problems until a person says so', async () => {
    const { store, sent, drop, settle, phases } = open({ inspect: () => ({ ...good, problemCount: 2 }) });
    await drop('sales_a.csv');
    expect(phases()).toEqual(['problems']);
    store.sendReady();
    await settle();
    expect(sent).toEqual([]);
    store.confirm('1');
    await settle();
    expect(phases()).toEqual(['sent']);
  });

  it('waits for a yes to the contract that is drafted from it, and holds its siblings to that', async () => {
    const held: (Contract | undefined)[] = [];
    const { store, drop, settle, phases } = open({
      findContract: async () => null,
      look: async (_file, _dataset, kept) => {
        held.push(kept);
        return { inspection: good, first: { columns: [], rows: [] } };
      },
    });
    await drop('new_a.csv', 'new_b.csv');
    expect(phases()).toEqual(['unconfirmed', 'unconfirmed']);
    await store.keepAndSend('1');
    await settle();
    expect(phases()).toEqual(['sent', 'ready']);
    expect(held).toEqual([undefined, undefined, contract]);
  });

  it('is not sent to a dataset that cannot be one', async () => {
    const { store, drop, settle, phases } = open();
    await drop('sales_a.csv');
    store.setDataset('Sales 2026', '1');
    await settle();
    expect(phases()).toEqual(['misnamed']);
    store.setDataset('sales_2026', '1');
    await settle();
    expect(phases()).toEqual(['ready']);
  });
});

it('sends what is ready, and finds the run that each file caused', async () => {
  const { store, sent, drop, settle } = open();
  await drop('sales_a.csv', 'sales_b.csv', 'photos/2026/quay.jpg');
  store.sendReady();
  await settle();
  expect(sent.sort()).toEqual(['2026/quay.jpg', 'sales_a.csv', 'sales_b.csv']);
  expect(store.snapshot().map((item) => item.runId)).toContain('run of photos/2026/quay.jpg');
  store.clearSent();
  expect(store.snapshot()).toEqual([]);
});

describe('the queue', () => {
  it('opens no more than six connections', async () => {
    const { opened, open: release } = gate();
    const { store, drop, settle, phases } = open({ put: () => opened });
    await drop(...Array.from({ length: 8 }, (_, n) => `sales_${n}.csv`));
    store.sendReady();
    await settle();
    expect(phases()).toEqual([...Array(6).fill('sending'), 'queued', 'queued']);
    release();
    await settle();
    expect(new Set(phases())).toEqual(new Set(['sent']));
  });

  it('is emptied, at S3 too, when all is cancelled', async () => {
    const { opened } = gate();
    const { store, drop, settle, aborted, remembered } = open({ put: () => opened });
    await drop(...Array.from({ length: 8 }, (_, n) => `sales_${n}.csv`));
    store.sendReady();
    await settle();
    await store.cancelAll();
    expect(store.snapshot()).toEqual([]);
    expect(aborted).toHaveLength(6);
    expect([...remembered]).toEqual([]);
  });

  it('stands still when all is paused, and goes on with all', async () => {
    const { opened, open: release } = gate();
    const { store, drop, settle, phases, begun } = open({ put: () => opened });
    await drop(...Array.from({ length: 7 }, (_, n) => `sales_${n}.csv`));
    store.sendReady();
    await settle();
    store.pauseAll();
    await settle();
    expect(phases()).toEqual([...Array(6).fill('paused'), 'ready']);
    release();
    store.resumeAll();
    store.sendReady();
    await settle();
    expect(new Set(phases())).toEqual(new Set(['sent']));
    expect(begun).toHaveLength(7);
  });
});

describe('what the tab would lose', () => {
  it('is remembered from the moment a person sends it until it is there', async () => {
    const { opened, open: release } = gate();
    const { store, drop, settle, remembered } = open({ put: () => opened });
    await drop(...Array.from({ length: 7 }, (_, n) => `sales_${n}.csv`));
    expect([...remembered]).toEqual([]);
    store.sendReady();
    await settle();
    expect(remembered.get('1')).toMatchObject({
      person: 'ann',
      path: 'sales_0.csv',
      begun: { uploadId: 'of sales_0.csv' },
    });
    expect(remembered.get('7')?.begun).toBeUndefined();
    store.pause('1');
    store.send('1');
    await settle();
    expect(remembered.get('1')?.begun).toBeDefined();
    release();
    await settle();
    expect([...remembered]).toEqual([]);
  });

  it('goes on without being begun again, or looked into again', async () => {
    const { store, begun, sent, settle } = open();
    const record = {
      id: 'r',
      person: 'ann',
      dataset: 'sales',
      path: 'a.csv',
      name: 'a.csv',
      sizeBytes: 3,
      lastModified: 0,
    };
    const upload = { key: 'sales/a.csv', uploadId: 'u0', partSizeBytes: 100 };
    store.takeUp({ ...record, addedAt: 0, begun: upload }, new File(['a,b'], 'a.csv'));
    await settle();
    expect(begun).toEqual([]);
    expect(sent).toEqual(['a.csv']);
  });

  it('goes on by itself when the line is back', async () => {
    let isOffline = true;
    const { store, drop, settle, phases } = open({
      put: async () => {
        if (isOffline) throw new SendFailure('offline');
        return 'etag';
      },
    });
    await drop('sales_a.csv');
    store.sendReady();
    await settle();
    expect(phases()).toEqual(['failed']);
    isOffline = false;
    store.resumeAfterOutage();
    await settle();
    expect(phases()).toEqual(['sent']);
  });
});

describe('a file whose content is there already', () => {
  const same = (key: string, text: string) => ({
    key,
    sizeBytes: text.length,
    checksum: { algorithm: 'CRC64NVME' as const, value: `CRC64NVME ${text}` },
  });

  it('waits until a person has seen where', async () => {
    const { store, dropFiles, sent, settle, phases } = open({
      findSameSized: async () => [same('sales/old.csv', 'aaa'), same('sales/sales_b.csv', 'bbb')],
    });
    await dropFiles(
      { path: 'sales_a.csv', text: 'aaa' },
      { path: 'sales_b.csv', text: 'bbb' },
      { path: 'sales_c.csv', text: 'ccc' },
      { path: 'sales_d.csv', text: 'ccc' },
    );
    expect(phases()).toEqual(['twin', 'twin', 'ready', 'twin']);
    expect(store.snapshot().map(({ twin }) => twin && [twin.kind, twin.name])).toEqual([
      ['file', 'sales/old.csv'],
      ['version', 'sales/sales_b.csv'],
      null,
      ['dropped', 'sales/sales_c.csv'],
    ]);
    store.sendReady();
    store.acceptTwin('1');
    await settle();
    expect(sent).toEqual(['sales_c.csv', 'sales_a.csv']);
    await store.skipTwins();
    expect(phases()).toEqual(['sent', 'sent']);
  });

  it('is an only one again when the other is taken away', async () => {
    const { store, dropFiles, settle, phases } = open();
    await dropFiles({ path: 'sales_a.csv', text: 'aaa' }, { path: 'sales_b.csv', text: 'aaa' });
    expect(phases()).toEqual(['ready', 'twin']);
    await store.remove('1');
    await settle();
    expect(phases()).toEqual(['ready']);
  });

  it('is not guessed at: other bytes of the same size, and a lake that does not answer, say nothing', async () => {
    const other = open({ findSameSized: async () => [same('sales/old.csv', 'zzz')] });
    await other.dropFiles({ path: 'sales_a.csv', text: 'aaa' });
    expect(other.phases()).toEqual(['ready']);
    const silent = open({ findSameSized: () => Promise.reject(new Error('down')) });
    await silent.drop('sales_a.csv');
    expect(silent.phases()).toEqual(['ready']);
  });
});

describe('a file that cannot be sent', () => {
  it('says why: its name, its size, another file of the same key, bytes that cannot be read', async () => {
    const { store, settle, phases } = open({
      look: async (file) => {
        if (file.name === 'sales_gone.csv') throw Object.assign(new Error('gone'), { name: 'NotFoundError' });
        return { inspection: good, first: { columns: [], rows: [] } };
      },
    });
    const huge = Object.defineProperty(new File(['x'], 'huge.csv'), 'size', { value: 2 ** 46 });
    store.add([
      { file: new File(['1'], 'a'), path: `sales/${'a'.repeat(1000)}` },
      { file: new File(['22'], 'b'), path: 'sales/tab\there.csv' },
      { file: huge, path: 'sales/huge.csv' },
      { file: new File(['333'], 'c'), path: 'sales/c.csv' },
      { file: new File(['4444'], 'c'), path: 'sales/c.csv' },
      { file: new File(['55555'], 'sales_gone.csv'), path: 'sales_gone.csv' },
    ]);
    await settle();
    expect(store.snapshot().map((item) => item.issue)).toEqual([
      'name-too-long',
      'name-characters',
      'too-large',
      undefined,
      'same-key',
      'unreadable',
    ]);
    expect(phases().filter((phase) => phase === 'refused')).toHaveLength(5);
    await store.remove('4');
    expect(phases()).toContain('ready');
  });
});
