import { expect, test } from 'vitest';
import type { ListedDataset } from '@/lib/catalog/schemas';
import { DatasetsSearch } from '../search-params';
import { choicesOf, sieve } from './sieve';

const NOW = Date.parse('2026-11-26T12:00:00Z');
const HOUR = 3_600_000;
const row = (name: string, more: Partial<ListedDataset> = {}): ListedDataset => ({
  address: name,
  database: 'retail',
  name,
  dataset: name,
  ...more,
});
const datasets = [
  row('sales_by_location', { dataset: 'sales', zone: 'processed', rows: 9, tags: ['derived'] }),
  row('zebra', { zone: 'raw', loadedAt: NOW - 30 * HOUR, cadenceHours: 24, owner: 'Bo', format: 'csv' }),
  row('sales', {
    zone: 'processed',
    rows: 120,
    loadedAt: NOW - 2 * HOUR,
    cadenceHours: 24,
    description: 'Every till line',
    owner: 'Élodie',
    tags: ['finance', 'daily'],
    format: 'parquet',
  }),
  row('old', { database: 'archive', address: 'archive.old', rows: 5, loadedAt: NOW - 900 * HOUR }),
];
const scores = { 'retail.sales': { score: 1, failingRules: 0 }, 'retail.zebra': { score: 0.5, failingRules: 2 } };
const names = (query: Record<string, string>) =>
  sieve(datasets, DatasetsSearch.parse(query), { scores, now: NOW }).map(({ name }) => name);

test('stands in the order of names, what is computed below what it is computed from', () => {
  expect(names({})).toEqual(['old', 'sales', 'sales_by_location', 'zebra']);
  expect(names({ order: 'desc' })).toEqual(['zebra', 'sales_by_location', 'sales', 'old']);
});

test.each([
  [{ search: 'TILL retail' }, ['sales']],
  [{ search: 'élodie' }, ['sales']],
  [{ search: 'archive.o' }, ['old']],
  [{ zone: 'processed' }, ['sales', 'sales_by_location']],
  [{ zone: 'elsewhere' }, ['old']],
  [{ owner: 'Bo' }, ['zebra']],
  [{ tag: 'daily' }, ['sales']],
  [{ format: 'csv' }, ['zebra']],
  [{ freshness: 'late' }, ['zebra']],
  [{ freshness: 'onTime' }, ['sales']],
  [{ freshness: 'unknown' }, ['old', 'sales_by_location']],
  [{ quality: 'failing' }, ['zebra']],
  [{ quality: 'none' }, ['old', 'sales_by_location']],
  [{ database: 'archive' }, ['old']],
  [{ tag: 'daily', owner: 'Bo' }, []],
])('finds by %j', (query, found) => {
  expect(names(query as Record<string, string>)).toEqual(found);
});

test.each([
  [{ sort: 'rows', order: 'desc' }, ['sales', 'sales_by_location', 'old', 'zebra']],
  [{ sort: 'rows' }, ['old', 'sales_by_location', 'sales', 'zebra']],
  [{ sort: 'freshness', order: 'desc' }, ['sales', 'zebra', 'old', 'sales_by_location']],
  [{ sort: 'quality' }, ['zebra', 'sales', 'old', 'sales_by_location']],
])('sorts by %j, what is not known last', (query, sorted) => {
  expect(names(query as Record<string, string>)).toEqual(sorted);
});

test('reads an address that makes no sense as no filter at all', () => {
  expect(names({ zone: 'moon', sort: 'luck', page: '-3', freshness: '' })).toHaveLength(4);
});

test('offers what there is to choose', () => {
  expect(choicesOf(datasets)).toEqual({
    databases: ['archive', 'retail'],
    zones: ['elsewhere', 'processed', 'raw'],
    owners: ['Bo', 'Élodie'],
    tags: ['daily', 'derived', 'finance'],
    formats: ['csv', 'parquet'],
  });
});
