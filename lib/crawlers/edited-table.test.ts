import { describe, expect, it } from 'vitest';
import type { PlannedTable } from '@/lib/languages/crawl/crawl-plan.ts';
import { editedTable } from './edited-table';
import { readCrawl } from './read-crawl';
import { AcceptTable } from './schemas';

const planned: PlannedTable = {
  name: 'salessales',
  location: 's3://lake/sales/',
  classification: 'csv',
  compression: 'none',
  serde: { library: 'LazySimpleSerDe', parameters: {}, input: '', output: '' },
  parameters: {},
  columns: ['order id', 'code'].map((name) => ({ name, type: 'bigint', reasons: [] })),
  partitionKeys: [{ name: 'year', type: 'string', reasons: [] }],
  partitions: [],
  reasons: [],
  files: { count: 1, read: 1, sizeBytes: 1, rows: 1 },
  delimited: { delimiter: ',', hasHeader: true, isQuoted: false },
};
const edit = (table: PlannedTable, ...columns: [from: string, name: string, type: string][]) =>
  editedTable(table, { name: 'sales', columns: columns.map(([from, name, type]) => ({ from, name, type })) });

describe('a planned table with a person’s names and types', () => {
  it('has them, and what was not named as it was', () => {
    const { name, columns } = edit(planned, ['order id', 'Order_ID', 'string']);
    expect([name, ...columns.map((column) => `${column.name} ${column.type}`)]).toEqual([
      'sales',
      'order_id string',
      'code bigint',
    ]);
  });

  it('is refused where two columns get one name, a partition’s included', () => {
    expect(() => edit(planned, ['order id', 'code', 'bigint'])).toThrow(
      expect.objectContaining({ reason: 'columnTwice' }),
    );
    expect(() => edit(planned, ['code', 'year', 'bigint'])).toThrow(expect.objectContaining({ reason: 'columnTwice' }));
  });

  it('tells the SerDe of JSON which key a column is, and keeps the names of Parquet', () => {
    const { delimited: _d, ...table } = planned;
    const json = {
      ...table,
      classification: 'json',
      serde: { ...table.serde, parameters: { paths: 'Order Id,code' } },
    };
    expect(edit({ ...json, columns: planned.columns }, ['order id', 'id', 'bigint']).serde.parameters).toEqual({
      paths: 'Order Id,code',
      'mapping.id': 'Order Id',
    });
    const parquet = { ...table, classification: 'parquet' };
    expect(() => edit(parquet, ['code', 'kode', 'bigint'])).toThrow(
      expect.objectContaining({ reason: 'columnByName' }),
    );
    expect(edit(parquet, ['code', 'code', 'string']).columns[1]?.type).toBe('string');
  });

  it.each([['Sales'], ['1sales'], ['sales; DROP'], ['']])('cannot be called “%s”', (name) => {
    const input = { source: {}, location: 's3://lake/sales/', seen: [], columns: [], name };
    expect(AcceptTable.safeParse(input).success).toBe(false);
    expect(AcceptTable.safeParse({ ...input, name: 'sales' }).success).toBe(true);
  });
});

it('a crawl’s summary is read as far as it is understood', () => {
  const Summary = '{"TABLE":{"ADD":{"Count":2,"Details":{}}},"PARTITION":"{}"}';
  expect(readCrawl({ State: 'COMPLETED', StartTime: new Date(5), Summary })).toEqual({
    status: 'COMPLETED',
    startedAt: 5,
    tables: { added: 2, updated: 0, deleted: 0 },
  });
  expect(readCrawl({ State: 'FAILED', ErrorMessage: 'why', Summary: 'not JSON' })).toEqual({
    status: 'FAILED',
    error: 'why',
  });
});
