import { describe, expect, it } from 'vitest';
import type { FileVersion } from '@/lib/storage/schemas';
import { pastPartitions, pastPlace, pastTableInput } from './past-table';

const table = {
  Name: 'sales',
  DatabaseName: 'retail',
  Parameters: {
    classification: 'parquet',
    recordCount: '9',
    'projection.enabled': 'true',
    'lacustre:dataset': 'sales',
  },
  StorageDescriptor: { Location: 's3://processed/sales/', Columns: [{ Name: 'city', Type: 'string' }] },
};
const file = (key: string, versionId: string) => ({ key, versionId, sizeBytes: 1 }) as FileVersion;
const files = [file('sales/a', '1'), file('sales/b', '2')];

describe('pastPlace', () => {
  it('is the same for the same files with the same columns, and another for others', () => {
    const place = pastPlace(table, files, 'results');
    expect(place.name).toMatch(/^sales_[0-9a-f]{20}$/);
    expect(place.prefix).toBe(`versions/sales/${place.name.slice('sales_'.length)}/`);
    expect(pastPlace({ ...table, Parameters: {} }, [...files], 'results')).toEqual(place);
    expect(pastPlace(table, [file('sales/a', '1'), file('sales/b', '3')], 'results').name).not.toBe(place.name);
    const wider = { ...table, StorageDescriptor: { Columns: [{ Name: 'city', Type: 'bigint' }] } };
    expect(pastPlace(wider, files, 'results').name).not.toBe(place.name);
  });
});

describe('pastTableInput', () => {
  it('is the table at another place, without what counted or projected the present', () => {
    const place = pastPlace(table, files, 'results');
    expect(pastTableInput(table, place)).toMatchObject({
      Name: place.name,
      Parameters: { classification: 'parquet', 'lacustre:past-of': 'sales' },
      StorageDescriptor: { Columns: table.StorageDescriptor.Columns, Location: `s3://results/${place.prefix}` },
    });
    expect(Object.keys(pastTableInput(table, place).Parameters ?? {})).toEqual(['classification', 'lacustre:past-of']);
  });
});

describe('pastPartitions', () => {
  const partitioned = { ...table, PartitionKeys: [{ Name: 'year' }, { Name: 'town' }] };
  const place = pastPlace(partitioned, files, 'results');

  it('are read off the folders, each once', () => {
    const paths = [
      'year=2026/town=Aix%20en%20Provence/a',
      'year=2026/town=Aix%20en%20Provence/b',
      'year=2025/town=Lens/a',
    ];
    expect(pastPartitions(partitioned, place, paths)).toMatchObject([
      {
        Values: ['2026', 'Aix en Provence'],
        StorageDescriptor: { Location: expect.stringContaining('/year=2026/town=Aix%20') },
      },
      { Values: ['2025', 'Lens'] },
    ]);
    expect(pastPartitions(table, place, paths)).toEqual([]);
  });

  it('that the folders do not name are refused with the file', () => {
    expect(() => pastPartitions(partitioned, place, ['2026/a'])).toThrow(
      /folders of 2026\/a do not name the partition \(year=…\)/,
    );
  });
});
