import { describe, expect, it } from 'vitest';
import type { TablePage } from '@/lib/catalog/schemas';
import { type CatalogSource, CatalogStore } from './catalog-store';

const report = (error: unknown) => ({ code: 'UNAVAILABLE' as const, message: String(error), requestId: 'r' });
const name = (n: number) => `t${String(n).padStart(5, '0')}`;

/** A database of so many tables, three at a time. */
function sourceOf(count: number, change: Partial<CatalogSource> = {}): CatalogSource {
  return {
    databases: async () => ['lake', 'other'],
    tables: async (database, nextToken) => {
      const from = Number(nextToken ?? 0);
      const to = Math.min(from + 3, database === 'lake' ? count : 1);
      const tables = Array.from({ length: to - from }, (_, index) => ({ name: name(from + index) }));
      return { database, tables, ...(to < count && database === 'lake' ? { nextToken: String(to) } : {}) };
    },
    columns: async () => [{ name: 'id', type: 'bigint' }],
    report,
    ...change,
  };
}
const first: TablePage = { database: 'lake', tables: [{ name: name(0), columns: [{ name: 'id', type: 'int' }] }] };

describe('the catalog of a workbench', () => {
  it('has what came with the page at once, and the rest, page by page, later', async () => {
    const store = new CatalogStore(sourceOf(7), first);
    expect(store.state.find('lake', name(0))?.columns).toHaveLength(1);
    const seen: number[] = [];
    store.subscribe(() => seen.push(store.state.tables.length));
    await store.load();
    expect(seen).toEqual([3, 6, 7, 8, 8]);
    expect(store.state).toMatchObject({ isWhole: true, databases: ['lake', 'other'], database: 'lake' });
  });

  it('asks for the columns of a table once, when they are wanted', async () => {
    let asked = 0;
    const columns = async () => {
      asked += 1;
      return [{ name: 'amount' }];
    };
    const store = new CatalogStore(sourceOf(5, { columns }), first);
    await store.load();
    const lists = await Promise.all([store.state.columns('lake', name(4)), store.state.columns('lake', name(4))]);
    expect(lists).toEqual([[{ name: 'amount' }], [{ name: 'amount' }]]);
    await store.state.columns('lake', name(4));
    expect(asked).toBe(1);
    expect(await store.state.columns('lake', 'nothing')).toEqual([]);
  });

  it('goes on without columns that cannot be had, and asks for them again', async () => {
    let fails = true;
    const columns = async () => {
      if (fails) throw new Error('no');
      return [{ name: 'x' }];
    };
    const store = new CatalogStore(sourceOf(2, { columns }), first);
    await store.load();
    expect(await store.state.columns('lake', name(1))).toEqual([]);
    fails = false;
    expect(await store.state.columns('lake', name(1))).toEqual([{ name: 'x' }]);
  });

  it('says why it is not whole, and keeps what it has', async () => {
    const tables = async () => Promise.reject(new Error('Glue is away'));
    const store = new CatalogStore(sourceOf(2, { tables }), first);
    await store.load();
    expect(store.state).toMatchObject({ isWhole: false, error: { message: 'Error: Glue is away' } });
    expect(store.state.tables).toHaveLength(1);
  });

  it('forgets what is no more', async () => {
    let count = 6;
    const source = sourceOf(6);
    const store = new CatalogStore({ ...source, tables: (...asked) => sourceOf(count).tables(...asked) }, first);
    await store.load();
    count = 2;
    await store.load();
    expect(store.state.tables.map((table) => table.name)).toEqual([name(0), name(1), name(0)]);
  });
});
