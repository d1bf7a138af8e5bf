import { describe, expect, it } from 'vitest';
import type { Contract } from '@/lib/languages/contract/contract.ts';
import type { Inspection } from '@/lib/languages/contract/inspect-file.ts';
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

function open({ put, ...effects }: Partial<UploadEffects> & { put?: () => Promise<string> } = {}) {
  let ids = 0;
  const sent: string[] = [];
  const store = new UploadStore(['sales'], {
    inspect: async () => good,
    findContract: async () => ({ contract, etag: 'e' }),
    keepContract: async () => ({ contract, etag: 'e' }),
    findRun: async (key) => `run of ${key}`,
    newId: () => `${++ids}`,
    sleep: async () => {},
    transport: ({ dataset, path }) => ({
      create: async () => ({
        key: `${dataset}/${path}`,
        uploadId: 'u',
        partSizeBytes: 100,
        urls: [{ number: 1, url: 'u' }],
      }),
      recall: async () => undefined,
      sign: async () => [],
      put: async () => {
        sent.push(path);
        return put?.() ?? 'etag';
      },
      complete: async () => ({ versionId: 'v' }),
      abort: async () => {},
    }),
    ...effects,
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  const drop = async (...paths: string[]) => {
    store.add(paths.map((path) => ({ file: new File(['a,b'], path), path })));
    await settle();
  };
  const phases = () => store.items.map((item) => store.phase(item));
  return { store, sent, drop, settle, phases };
}

describe('a file that should not be sent unseen', () => {
  it('waits with its problems until a person says so', async () => {
    const { store, sent, drop, settle, phases } = open({ inspect: async () => ({ ...good, problemCount: 2 }) });
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
      inspect: async (_file, _dataset, kept) => {
        held.push(kept);
        return good;
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
    store.setDataset('1', 'Sales 2026');
    await settle();
    expect(phases()).toEqual(['misnamed']);
    store.setDataset('1', 'sales_2026');
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
  expect(store.items.map((item) => item.runId)).toContain('run of photos/2026/quay.jpg');
  store.clearSent();
  expect(store.items).toEqual([]);
});

it('never sends more than two files at once', async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { store, drop, settle, phases } = open({ put: () => gate.then(() => 'etag') });
  await drop('sales_a.csv', 'sales_b.csv', 'sales_c.csv');
  store.sendReady();
  await settle();
  expect(phases()).toEqual(['sending', 'sending', 'queued']);
  release();
  await settle();
  expect(phases()).toEqual(['sent', 'sent', 'sent']);
});
