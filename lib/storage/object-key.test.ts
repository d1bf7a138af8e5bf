import { describe, expect, it } from 'vitest';
import { keyIssue } from './key-issue';
import { objectKey, pathInDataset, suggestDatasets, toDatasetName } from './object-key';
import { DatasetName, partCount, partSizeBytes } from './schemas';

describe('toDatasetName', () => {
  it.each([
    ['Ventes été 2026', 'ventes_ete_2026'],
    ['2026 sales', 'sales'],
    ['__', 'files'],
    ['数据', 'files'],
    ['a'.repeat(180), 'a'.repeat(100)],
  ])('makes %j a name that a dataset may have', (name, expected) => {
    expect(toDatasetName(name)).toBe(expected);
    expect(DatasetName.safeParse(toDatasetName(name)).success).toBe(true);
  });
});

describe('suggestDatasets', () => {
  const suggest = (path: string, ...known: string[]) => suggestDatasets([path], known)[0];

  it('reads the dataset off the first word of a name', () => {
    expect(suggest('sales_data_london.csv')).toBe('sales');
    expect(suggest('products.json.gz')).toBe('products');
  });

  it('prefers the longest dataset that exists', () => {
    expect(suggest('web_logs_may.csv', 'web', 'web_logs', 'sales')).toBe('web_logs');
  });

  it('does not take half a word for a dataset', () => {
    expect(suggest('salesforce.csv', 'sales')).toBe('salesforce');
  });

  it('puts documents and images with their like', () => {
    expect(['terms.pdf', 'mug.PNG', 'access.log'].map((name) => suggest(name))).toEqual(['documents', 'images', 'web']);
  });

  it('takes the folder that was dropped', () => {
    expect(suggest('Photos/2026/quay.jpg', 'quay')).toBe('photos');
    expect(suggestDatasets(['stock/may.csv', 'stock/may.pdf'], [])).toEqual(['stock', 'stock']);
  });

  it('takes a folder of several tables apart', () => {
    const retail = ['retail/sales_a.csv', 'retail/sales_b.csv', 'retail/products.json', 'retail/logo.png'];
    expect(suggestDatasets(retail, [])).toEqual(['sales', 'sales', 'products', 'retail']);
  });
});

it('keeps a dropped folder out of the path, since it is the dataset', () => {
  expect(pathInDataset('photos/2026/quay.jpg')).toBe('2026/quay.jpg');
  expect(pathInDataset('quay.jpg')).toBe('quay.jpg');
  expect(objectKey('photos', pathInDataset('photos/2026/quay.jpg'))).toBe('photos/2026/quay.jpg');
});

it('refuses paths that climb', () => {
  for (const path of ['../x.csv', 'a//b.csv', './x', '']) expect(keyIssue(path)).toBeDefined();
});

it('keeps within ten thousand parts at every size S3 takes', () => {
  expect(partSizeBytes(0)).toBe(8 * 1024 * 1024);
  expect(partCount(0, partSizeBytes(0))).toBe(1);
  for (const size of [10e6, 5e9, 5 * 1024 ** 4])
    expect(partCount(size, partSizeBytes(size))).toBeLessThanOrEqual(10_000);
});
