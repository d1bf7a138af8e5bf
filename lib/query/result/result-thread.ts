/**
 * Goes through a whole result in a thread of its own: a walk over millions of rows would hold every other request up.
 * Node runs this file as it is, outside of the bundler, so that it imports nothing but what is pure. It knows no
 * credentials: it reads a file that the process has open.
 */
import { readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { StatsFold } from './column-stats.ts';
import { cellAt, type OnRow, RowScanner } from './csv-rows.ts';
import { ChartFold } from './fold-chart.ts';
import { matcherOf } from './match-row.ts';
import { grown, RowOrder } from './order-rows.ts';
import type { ResultTask, RowPlaces, TaskAnswers } from './result-task.ts';

const CHUNK_BYTES = 1 << 20;

const task = workerData as ResultTask;

class TooMany extends Error {}

const answer = run(task);
const moved = typeof answer === 'object' && 'starts' in answer ? answer : undefined;
parentPort?.postMessage(
  answer,
  moved ? ([moved.starts.buffer, moved.lengths.buffer, moved.numbers.buffer] as ArrayBuffer[]) : [],
);

function run(asked: ResultTask): TaskAnswers[ResultTask['type']] {
  if (asked.type === 'order') return order(asked);
  return asked.type === 'stats' ? stats(asked) : chart(asked);
}

function order({ sort, maxRows }: ResultTask & { type: 'order' }): RowPlaces | 'too-many' {
  const places: RowPlaces = {
    starts: new Float64Array(1024),
    lengths: new Uint32Array(1024),
    numbers: new Uint32Array(1024),
  };
  const rows = sort && new RowOrder(task.file.columns[sort.column]?.type ?? 'varchar');
  let count = 0;
  try {
    eachRow((bytes, start, end, offset, number) => {
      if (count === maxRows) throw new TooMany();
      if (count === places.starts.length) grow(places);
      places.starts[count] = offset;
      places.lengths[count] = end - start;
      places.numbers[count] = number;
      count++;
      if (sort) rows?.add(cellAt(bytes, start, end, sort.column));
    });
  } catch (error) {
    if (error instanceof TooMany) return 'too-many';
    throw error;
  }
  const order = sort && rows?.finish(sort.isDescending);
  const pick = <T extends Float64Array | Uint32Array>(all: T): T =>
    (order
      ? (all.constructor as unknown as { from: (list: ArrayLike<number>, map: (row: number) => number) => T }).from(
          order,
          (row) => all[row] as number,
        )
      : all.slice(0, count)) as T;
  return { starts: pick(places.starts), lengths: pick(places.lengths), numbers: pick(places.numbers) };
}

function grow(places: RowPlaces): void {
  places.starts = grown(places.starts);
  places.lengths = grown(places.lengths);
  places.numbers = grown(places.numbers);
}

function stats({ column }: ResultTask & { type: 'stats' }): TaskAnswers['stats'] {
  const fold = new StatsFold(task.file.columns[column]?.type ?? 'varchar');
  eachRow((bytes, start, end) => fold.add(cellAt(bytes, start, end, column)));
  return fold.finish();
}

function chart({ config }: ResultTask & { type: 'chart' }): TaskAnswers['chart'] {
  const placeOf = (name: string) => task.file.columns.findIndex((column) => column.name === name);
  const x = placeOf(config.x);
  const ys = config.y.map(placeOf);
  const series = config.series === undefined ? undefined : placeOf(config.series);
  const fold = new ChartFold(config, task.file.columns[x]?.type ?? 'varchar');
  eachRow((bytes, start, end) => {
    const cell = (place: number) => (place < 0 ? null : cellAt(bytes, start, end, place));
    fold.add({ x: cell(x), y: ys.map(cell), series: series === undefined ? undefined : cell(series) });
  });
  return fold.finish();
}

/** Every row that passes the filters, with its number in the result. */
function eachRow(see: (...row: [...Parameters<OnRow>, number: number]) => void): void {
  const { fd, sizeBytes, hasHeader, columns } = task.file;
  const tests = task.filters.map((filter) => ({
    column: filter.column,
    passes: matcherOf(filter, columns[filter.column]?.type ?? 'varchar'),
  }));
  let number = hasHeader ? -1 : 0;
  const scanner = new RowScanner((bytes, start, end, offset) => {
    const row = number++;
    if (row < 0) return;
    for (const { column, passes } of tests) if (!passes(cellAt(bytes, start, end, column))) return;
    see(bytes, start, end, offset, row);
  });
  for (let at = 0; at < sizeBytes; ) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, sizeBytes - at));
    const read = readSync(fd, chunk, 0, chunk.length, at);
    if (read === 0) break;
    scanner.push(chunk.subarray(0, read));
    at += read;
  }
  scanner.end();
}
