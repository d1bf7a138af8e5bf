import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { lookIntoFile } from './file-look';

const parquet = path.resolve(import.meta.dirname, '../languages/contract/fixtures/types.parquet');

describe('a look into a file', () => {
  it('shows the columns and first rows of Parquet, whose columns stand at its end', async () => {
    const bytes = readFileSync(parquet);
    const { inspection, first } = await lookIntoFile(new File([bytes], 'a.parquet'), 'a', undefined);
    expect(inspection).toMatchObject({ kind: 'table', format: { type: 'parquet' }, problemCount: 0 });
    expect(first.columns).toEqual(inspection.contract?.schema[0].properties.map((column) => column.physicalName));
    expect(first.rows.map((row) => row.slice(0, 2))).toEqual([
      ['1', '12.5'],
      ['2', expect.any(String)],
    ]);
  });

  it('finds the wrong rows of a packed file, and shows it unpacked', async () => {
    const good = await lookIntoFile(new File(['id,price\n1,2.50\n2,3.75\n'], 'a.csv'), 'a', undefined);
    const bad = new File([gzipSync('id,price\n1,2.50\nx,cheap\n')], 'b.csv.gz');
    const { inspection, first } = await lookIntoFile(bad, 'a', good.inspection.contract);
    expect(inspection.format).toMatchObject({ type: 'csv', compression: 'gzip' });
    expect(inspection.problems.map(({ row, column, value }) => [row, column, value])).toEqual([
      [2, 'id', 'x'],
      [2, 'price', 'cheap'],
    ]);
    expect(first.rows[1]).toEqual(['x', 'cheap']);
  });

  it('throws what the browser throws for a file that is gone', async () => {
    const gone = new File(['a,b\n'], 'a.csv');
    gone.slice = () =>
      Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) });
    await expect(lookIntoFile(gone, 'a', undefined)).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
