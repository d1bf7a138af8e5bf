import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { contractColumns } from '../lib/languages/contract/contract.ts';
import { inspectFile } from '../lib/languages/contract/inspect-file.ts';
import { dataFolder, generateSamples } from './generate.ts';
import { salesChunks } from './large.ts';

const samples = generateSamples();

function inspect(name: string, contract?: Parameters<typeof inspectFile>[3]) {
  const head = readFileSync(path.join(dataFolder, name));
  return inspectFile(
    head,
    { fileName: path.basename(name), sizeBytes: head.length, truncated: false },
    'sales',
    contract,
  );
}

describe('samples', () => {
  it.each(Object.keys(samples))('%s is what the generator writes, byte for byte', (name) => {
    expect(digest(readFileSync(path.join(dataFolder, name)))).toBe(digest(samples[name] ?? ''));
  });

  it('are small', () => {
    const sizes = Object.values(samples).map((content) => Buffer.byteLength(content));
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(2_000_000);
  });

  it('have totals that are exact', () => {
    const [, ...rows] = readFileSync(path.join(dataFolder, 'retail/sales_data_london.csv'), 'utf8').trim().split('\n');
    expect(rows).toHaveLength(2000);
    for (const row of rows) {
      const [quantity = '', price = '', total = ''] = row.split(',').slice(5);
      expect(BigInt(quantity) * BigInt(price.replace('.', ''))).toBe(BigInt(total.replace('.', '')));
    }
  });

  it('are structured, semi-structured and unstructured', () => {
    const kinds = Object.keys(samples).map((name) => [name, inspect(name).kind, inspect(name).format.type]);
    expect(kinds).toEqual([
      ['retail/sales_data_london.csv', 'table', 'csv'],
      ['retail/sales_data_london_different_schema.csv', 'table', 'csv'],
      ['retail/sales_data_paris.csv', 'table', 'csv'],
      ['retail/products.csv', 'table', 'csv'],
      ['retail/products.json', 'table', 'json'],
      ['retail/customers.csv', 'table', 'csv'],
      ['retail/customers.ndjson', 'table', 'json'],
      ['web/access.log', 'table', 'combined-log'],
      ['documents/supplier_terms.pdf', 'file', 'binary'],
      ['documents/stock_take.md', 'file', 'binary'],
      ['documents/delivery_note.txt', 'file', 'binary'],
      ['images/mug.png', 'file', 'binary'],
      ['images/scarf.png', 'file', 'binary'],
    ]);
  });

  it('of one dataset meet the contract that its first file makes', () => {
    const { contract } = inspect('retail/sales_data_london.csv');
    expect(contract && contractColumns(contract)).toEqual([
      { name: 'sale_id', type: 'bigint' },
      { name: 'sale_date', type: 'date' },
      { name: 'location', type: 'string' },
      { name: 'product_id', type: 'bigint' },
      { name: 'customer_id', type: 'bigint' },
      { name: 'quantity', type: 'bigint' },
      { name: 'unit_price', type: 'decimal(18,2)' },
      { name: 'total_sales', type: 'decimal(18,2)' },
    ]);
    expect(inspect('retail/sales_data_paris.csv', contract).problemCount).toBe(0);
    expect(inspect('retail/products.json', inspect('retail/products.csv').contract).problemCount).toBe(0);
    expect(inspect('retail/customers.ndjson', inspect('retail/customers.csv').contract).problemCount).toBe(0);
  });

  it('with another schema break it in every way that their table says', () => {
    const { contract } = inspect('retail/sales_data_london.csv');
    const { problems } = inspect('retail/sales_data_london_different_schema.csv', contract);
    expect(problems.slice(0, 6).map(({ code, column }) => `${code} ${column}`)).toEqual([
      'column-missing location',
      'column-missing customer_id',
      'column-missing Total_Sales',
      'column-unexpected store',
      'column-unexpected total',
      'column-unexpected currency',
    ]);
    expect(new Set(problems.slice(6).map(({ code, column }) => `${code} ${column}`))).toEqual(
      new Set(['type-mismatch quantity', 'type-mismatch unit_price', 'date-impossible sale_date']),
    );
  });
});

describe('large samples', () => {
  it.each([1000, 500_000])('of %d bytes are that long, to within a row, and sound', (sizeBytes) => {
    const text = [...salesChunks(sizeBytes)].join('');
    expect(text.length).toBeLessThanOrEqual(sizeBytes);
    expect(text.length).toBeGreaterThan(sizeBytes - 100);
    const bytes = new TextEncoder().encode(text);
    const found = inspectFile(bytes, { fileName: 'sales.csv', sizeBytes, truncated: false }, 'sales');
    expect(found).toMatchObject({ kind: 'table', problemCount: 0 });
  });
});

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
