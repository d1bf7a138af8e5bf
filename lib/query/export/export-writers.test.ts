import { expect, it } from 'vitest';
import { exportWriters } from './export-writers';

it('marks the CSV of an export as UTF-8 for spreadsheets, once', async () => {
  async function* pages() {
    yield [['1', 'é']];
    yield [['2', null]];
  }
  const columns = [
    { name: 'id', type: 'bigint' },
    { name: 'note', type: 'varchar' },
  ];
  const chunks = await Array.fromAsync(exportWriters.csv.write(columns, pages()));
  expect(Buffer.concat(chunks).toString()).toBe('\ufeffid,note\r\n1,é\r\n2,\r\n');
});
