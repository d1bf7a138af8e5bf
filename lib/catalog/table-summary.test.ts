import { expect, it } from 'vitest';
import { group } from './list-datasets';
import { tableSummary } from './table-summary';

it('reads the counts that the last run left, and none that a crawler has not made', () => {
  const Parameters = { recordCount: '120', sizeKey: '-1', 'lacustre:dataset': 'sales' };
  const table = tableSummary({
    Name: 'sales_by_location',
    Parameters,
    StorageDescriptor: { Columns: [{ Name: 'a', Type: 'bigint' }] },
  });
  expect(table).toEqual({
    database: '',
    name: 'sales_by_location',
    dataset: 'sales',
    rows: 120,
    columns: [{ name: 'a', type: 'bigint' }],
  });
});

it('counts a table that says nothing of a dataset as one of its own', () => {
  expect(tableSummary({ Name: 'stray' })).toEqual({ database: '', name: 'stray', dataset: 'stray', columns: [] });
});

it('groups tables by dataset, the dataset’s own first, and keeps datasets that are only files', () => {
  const tables = ['sales_by_location', 'sales', 'products'].map((Name) =>
    tableSummary({ Name, Parameters: { 'lacustre:dataset': Name.split('_')[0] ?? '' } }),
  );
  const datasets = group(tables, ['documents', 'sales']);
  expect(datasets.map(({ name, hasFiles }) => [name, hasFiles])).toEqual([
    ['documents', true],
    ['products', false],
    ['sales', true],
  ]);
  expect(datasets[2]?.tables.map((table) => table.name)).toEqual(['sales', 'sales_by_location']);
});
