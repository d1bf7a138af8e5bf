import { expect, it } from 'vitest';
import { exportWriters } from '../export/export-writers';
import type { Cell } from '../schemas';
import { csvRow } from './csv-rows';
import { ResultSpool } from './result-spool';
import { runTask } from './run-task';
import { viewBatches } from './view-batches';

const columns = [
  { name: 'n', type: 'bigint' },
  { name: 'city', type: 'varchar' },
];
const rows: Cell[][] = Array.from({ length: 5_000 }, (_, row) => [`${row}`, ['Lyon', 'Nîmes', null][row % 3] ?? null]);

async function withResult<T>(
  use: (
    file: { fd: number; sizeBytes: number; hasHeader: boolean; columns: typeof columns },
    spool: ResultSpool,
  ) => Promise<T>,
): Promise<T> {
  async function* bytes() {
    yield Buffer.from(csvRow(['n', 'city']) + rows.map(csvRow).join(''));
  }
  const spool = await ResultSpool.start({ columns, hasHeader: true, bytes: bytes(), maxBytes: 1e9 });
  await spool.complete();
  try {
    return await use({ fd: spool.fd, sizeBytes: spool.sizeBytes, hasHeader: true, columns }, spool);
  } finally {
    await spool.close();
  }
}

it('sorts and filters a whole result in a thread, and its rows are read where they lie', async () => {
  await withResult(async (file, spool) => {
    const filters = [{ op: 'equals', column: 1, text: 'Nîmes' }] as const;
    const sort = { column: 0, isDescending: true };
    const places = await runTask({ type: 'order', file, filters, sort, maxRows: 1e6 });
    if (places === 'too-many') throw new Error('there are few');
    expect(places.numbers).toHaveLength(1667);
    expect([...places.numbers.subarray(0, 2)]).toEqual([4999, 4996]);
    const [start = 0, length = 0] = [places.starts[0], places.lengths[0]];
    expect(await spool.rowsAt([{ start, length }])).toEqual([['4999', 'Nîmes']]);
    expect(await runTask({ type: 'order', file, filters: [], sort: undefined, maxRows: 4_999 })).toBe('too-many');
  });
});

it('sums a whole result up in a thread', async () => {
  await withResult(async (file) => {
    const stats = await runTask({ type: 'stats', file, filters: [], column: 1 });
    expect(stats).toMatchObject({ rows: 5_000, nulls: 1666, distinct: 2, min: 'Lyon', max: 'Nîmes' });
    const config = {
      kind: 'bar',
      x: 'city',
      y: ['n'],
      aggregation: 'max',
      isStacked: false,
      sort: 'x',
      limit: 60,
    } as const;
    const chart = await runTask({
      type: 'chart',
      file,
      filters: [{ op: 'notNull', column: 1 }],
      config: { ...config, y: ['n'] },
    });
    expect(chart.points.map(({ x, values }) => [x, values[0]])).toEqual([
      ['Lyon', 4998],
      ['Nîmes', 4999],
    ]);
    expect(chart.rows).toBe(3334);
  });
});

it('ends with whoever asked', async () => {
  await withResult(async (file) => {
    const controller = new AbortController();
    controller.abort(new Error('gone'));
    await expect(runTask({ type: 'stats', file, filters: [], column: 0 }, controller.signal)).rejects.toThrow('gone');
  });
});

it('gives what a view shows for an export: sorted, filtered, whole, some at a time, and safe for a spreadsheet', async () => {
  const columns = [
    { name: 'n', type: 'bigint' },
    { name: 'note', type: 'varchar' },
  ];
  async function* bytes() {
    yield Buffer.from(csvRow(['n', 'note']));
    for (let n = 0; n < 1300; n++) yield Buffer.from(csvRow([`${n}`, n === 7 ? '=1+1' : 'x'.repeat(600)]));
  }
  const spool = await ResultSpool.start({ columns, hasHeader: true, bytes: bytes(), maxBytes: 1e9 });
  const result = { spool, source: { columns }, etag: undefined, views: new Map() };
  const view = {
    filters: [{ op: 'range' as const, column: 0, from: '5', to: '1204' }],
    sort: { column: 0, isDescending: true },
  };
  const batches = await Array.fromAsync(viewBatches(result, view));
  expect(batches.map((rows) => rows.length)).toEqual([500, 500, 200]);
  expect([batches[0]?.[0]?.[0], batches[2]?.at(-1)?.[0]]).toEqual(['1204', '5']);
  expect(batches[0]?.[0]?.[1]).toHaveLength(600);
  const chunks = await Array.fromAsync(exportWriters.csv.write(columns, viewBatches(result, view)));
  expect(Buffer.concat(chunks).toString()).toContain("\r\n7,'=1+1\r\n");
  await spool.close();
});
