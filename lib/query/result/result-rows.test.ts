import { expect, it } from 'vitest';
import type { Cell } from '../schemas';
import { StatsFold } from './column-stats';
import { cellAt, cellsOf, csvRow, RowScanner } from './csv-rows';
import { matcherOf } from './match-row';
import { RowOrder } from './order-rows';
import { ResultSpool } from './result-spool';

const tricky: Cell[][] = [
  ['1', null, ''],
  ['say "hi"', 'two\nlines', 'a,b'],
  ['é 😀', '"', null],
];

function scan(text: string, chunkBytes: number): Cell[][] {
  const rows: Cell[][] = [];
  const scanner = new RowScanner((bytes, start, end) => rows.push(cellsOf(bytes, start, end)));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) scanner.push(bytes.subarray(at, at + chunkBytes));
  scanner.end();
  return rows;
}

it.each([1, 2, 3, 7, 1000])('reads rows wherever chunks of %i bytes cut them', (chunkBytes) => {
  expect(scan(tricky.map(csvRow).join(''), chunkBytes)).toEqual(tricky);
  expect(scan('"a"\n"b"', chunkBytes)).toEqual([['a'], ['b']]);
});

it('reads one value as it reads all of them', () => {
  const row = Buffer.from(csvRow(['x', 'a "b", c', null]).slice(0, -1));
  expect([0, 1, 2, 3].map((place) => cellAt(row, 0, row.length, place))).toEqual(['x', 'a "b", c', null, null]);
});

it('gives any rows of a result while it still comes, and all of it at the end', async () => {
  let goOn = () => {};
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const line = (from: number, to: number) =>
    Buffer.from(Array.from({ length: to - from }, (_, index) => csvRow([`${from + index}`, 'x\ny'])).join(''));
  async function* bytes() {
    yield Buffer.from('"n","t"\n');
    yield line(0, 1000);
    await held;
    yield line(1000, 3000);
  }
  const columns = [
    { name: 'n', type: 'bigint' },
    { name: 't', type: 'varchar' },
  ];
  const spool = await ResultSpool.start({ columns, hasHeader: true, bytes: bytes(), maxBytes: 1e9 });
  await spool.reach(1000);
  expect([spool.rowCount, spool.isComplete]).toEqual([1000, false]);
  expect((await spool.rowsFrom(600, 2)).map(([n]) => n)).toEqual(['600', '601']);
  goOn();
  await spool.complete();
  expect([spool.rowCount, spool.isComplete, spool.isCut]).toEqual([3000, true, false]);
  for (const from of [0, 255, 256, 2999]) expect((await spool.rowsFrom(from, 3))[0]?.[0]).toBe(`${from}`);
  expect(await spool.rowsFrom(2998, 100)).toHaveLength(2);
  expect(await spool.rowsFrom(3000, 10)).toEqual([]);
  // Near places are one reading, far ones are one each; both in the order that was asked for.
  const [header, row] = ['"n","t"\n'.length, csvRow(['0', 'x\ny']).length];
  const placeOf = (number: number) => ({ start: header + number * row, length: row - 1 });
  expect(await spool.rowsAt([placeOf(3), { start: 0, length: 0 }, placeOf(1)])).toEqual([
    ['3', 'x\ny'],
    [null],
    ['1', 'x\ny'],
  ]);
  // What is being read is not taken away.
  const release = spool.hold();
  let isClosed = false;
  const closing = spool.close().then(() => (isClosed = true));
  expect(await spool.rowsAt([placeOf(2)])).toEqual([['2', 'x\ny']]);
  expect(isClosed).toBe(false);
  release();
  await closing;
});

it('keeps the first whole rows of a result that is too large, and says so', async () => {
  async function* bytes() {
    for (let row = 0; row < 100; row++) {
      yield Buffer.from(`"${row}`);
      yield Buffer.from('"\n');
    }
  }
  const spool = await ResultSpool.start({
    columns: [{ name: 'n', type: 'bigint' }],
    hasHeader: false,
    bytes: bytes(),
    maxBytes: 22,
  });
  await spool.complete();
  expect([spool.rowCount, spool.isCut]).toEqual([5, true]);
  expect(await spool.rowsFrom(0, 100)).toEqual([['0'], ['1'], ['2'], ['3'], ['4']]);
  await spool.close();
});

it('passes a failing read on to whoever waits for rows', async () => {
  async function* bytes() {
    yield Buffer.from('"1"\n');
    throw new Error('S3 broke off');
  }
  const spool = await ResultSpool.start({ columns: [], hasHeader: false, bytes: bytes(), maxBytes: 1e9 });
  await expect(spool.reach(5)).rejects.toThrow('S3 broke off');
  await expect(spool.complete()).rejects.toThrow('S3 broke off');
  await spool.close();
});

it.each([
  ['bigint', ['10', '9', null, '-3'], ['-3', '9', '10', null], ['10', '9', '-3', null]],
  ['bigint', ['9007199254740993', '9007199254740992'], ['9007199254740992', '9007199254740993'], undefined],
  [
    'decimal(38,2)',
    ['1.10', '100000000000000000000.02', '100000000000000000000.01'],
    ['1.10', '100000000000000000000.01', '100000000000000000000.02'],
    undefined,
  ],
  ['double', ['NaN', '1.5E-7', 'Infinity', '0.1'], ['1.5E-7', '0.1', 'Infinity', 'NaN'], undefined],
  ['varchar', ['b', '', null, 'a', 'B'], ['', 'B', 'a', 'b', null], ['b', 'a', 'B', '', null]],
] as [string, Cell[], Cell[], Cell[] | undefined][])(
  'sorts %s as Athena would, nulls last: %j',
  (type, cells, up, down) => {
    const order = new RowOrder(type);
    for (const cell of cells) order.add(cell);
    expect([...order.finish(false)].map((row) => cells[row])).toEqual(up);
    if (down) expect([...order.finish(true)].map((row) => cells[row])).toEqual(down);
  },
);

it.each([
  [{ op: 'contains', text: 'ÉT' }, 'varchar', ['été', 'hiver', null], ['été']],
  [{ op: 'equals', text: '1' }, 'decimal(9,2)', ['1.00', '1.01', null], ['1.00']],
  [{ op: 'equals', text: '' }, 'varchar', ['', ' ', null], ['']],
  [{ op: 'range', from: '2', to: '10' }, 'bigint', ['1', '2', '9', '10', '11', null], ['2', '9', '10']],
  [
    { op: 'range', to: '2026-11-25' },
    'timestamp',
    ['2026-11-25 23:59:59.999', '2026-11-26 00:00:00.000'],
    ['2026-11-25 23:59:59.999'],
  ],
  [{ op: 'null' }, 'varchar', ['', null], [null]],
  [{ op: 'notNull' }, 'varchar', ['', null], ['']],
] as const)('lets %j of %s pass', (filter, type, cells, passing) => {
  const passes = matcherOf({ ...filter, column: 0 } as never, type);
  expect((cells as readonly Cell[]).filter(passes)).toEqual(passing);
});

it('counts what a column holds', () => {
  const numbers = statsOf('decimal(9,2)', ['1.00', '2.00', '2.00', '11.00', null]);
  expect(numbers).toMatchObject({ rows: 5, nulls: 1, distinct: 3, min: '1.00', max: '11.00', mean: 4 });
  expect(numbers.bins?.map(({ count }) => count)).toEqual([1, 0, 2, ...Array(16).fill(0), 1]);
  const texts = statsOf('varchar', ['b', 'a', '', 'b', null]);
  expect(texts).toMatchObject({ nulls: 1, emptyTexts: 1, distinct: 3, min: '', max: 'b' });
  expect(texts.top?.[0]).toEqual({ value: 'b', count: 2 });
  expect(texts.mean).toBeUndefined();
  expect(statsOf('double', [null])).toEqual({
    rows: 1,
    nulls: 1,
    emptyTexts: 0,
    distinct: 0,
    isDistinctCut: false,
    bins: [],
  });
  expect(statsOf('date', ['2026-01-01', '2026-01-01']).bins).toEqual([
    { from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 0, 1), count: 2 },
  ]);
});

function statsOf(type: string, cells: Cell[]) {
  const fold = new StatsFold(type);
  for (const cell of cells) fold.add(cell);
  return fold.finish();
}
