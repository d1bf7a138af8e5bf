import { describe, expect, it } from 'vitest';
import type { WorkCatalog } from './catalog-store';
import { treeMove, treeRows } from './tree-rows';

const tables = [
  { database: 'lake', name: 'orders', columns: [{ name: 'id' }, { name: 'city' }] },
  { database: 'lake', name: 'sales' },
  { database: 'other', name: 'sales_old' },
];
const catalog: WorkCatalog = {
  database: 'lake',
  databases: ['lake', 'other'],
  tables,
  isWhole: true,
  find: () => undefined,
  columns: async () => [],
};
const ids = (open: string[], search = '') => treeRows(catalog, new Set(open), search).map(({ id }) => id);

describe('treeRows', () => {
  it('shows what is open, with its place among its like', () => {
    expect(ids([])).toEqual(['lake', 'other']);
    expect(ids(['lake', 'lake.orders'])).toEqual([
      'lake',
      'lake.orders',
      'lake.orders:id',
      'lake.orders:city',
      'lake.sales',
      'other',
    ]);
    expect(treeRows(catalog, new Set(['lake']), '')[2]).toMatchObject({ level: 2, position: 2, setSize: 2 });
  });

  it('says that columns are coming', () => {
    expect(treeRows(catalog, new Set(['lake', 'lake.sales']), '')[3]).toMatchObject({ kind: 'loading' });
  });

  it('finds tables by their name and by their columns, wherever they are', () => {
    expect(ids([], 'SALES')).toEqual(['lake', 'lake.sales', 'other', 'other.sales_old']);
    expect(ids([], 'city')).toEqual(['lake', 'lake.orders', 'lake.orders:id', 'lake.orders:city']);
    expect(ids([], 'nothing')).toEqual([]);
  });
});

describe('treeMove', () => {
  const rows = treeRows(catalog, new Set(['lake', 'lake.orders']), '');
  it.each([
    [0, 'ArrowUp', { to: 0 }],
    [0, 'End', { to: 5 }],
    [3, 'PageUp', { to: 0 }],
    [0, 'ArrowRight', { to: 1 }],
    [4, 'ArrowRight', { open: 'lake.sales' }],
    [1, 'ArrowLeft', { close: 'lake.orders' }],
    [3, 'ArrowLeft', { to: 1 }],
    [4, 'ArrowLeft', { to: 0 }],
    [3, 'ArrowRight', undefined],
    [3, 'x', undefined],
  ])('in row %i, %s', (at, key, move) => {
    expect(treeMove(rows, at, key, 10)).toEqual(move);
  });
});
