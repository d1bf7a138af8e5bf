import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LakeProcess } from '../../infra/local/testing/lake-process.ts';
import { forgetPeak, median, peakBytes, residentBytes } from '../measure.ts';
import type { Both } from './compare-queries.ts';

const ROWS = '10,000,000 rows';
const CROSS = `flights CROSS JOIN (VALUES (1), (2), (3), (4)) AS copies(n)`;
const QUERIES = {
  [`${ROWS} as they come`]: `SELECT "date", delay, distance, origin, destination, n FROM ${CROSS} LIMIT 10000000`,
  [`${ROWS} sorted`]: `SELECT "date", delay, distance, origin, destination, n FROM ${CROSS} ORDER BY distance DESC, delay, origin, n LIMIT 10000000`,
};

/**
 * The first page of a large result. Athena gives no row before all are written, so the lake's time is that of the whole
 * result in its bucket; the bare engine's are those of the same file, of all rows in memory, and of the first row as a
 * stream, which promises least.
 */
export async function benchFirstPage({ lake, bare, rounds }: Both, running: LakeProcess): Promise<void> {
  const file = path.join(tmpdir(), `lacustre-bench-${process.pid}.csv`);
  for (const [name, sql] of Object.entries(QUERIES)) {
    const times = { lake: [] as number[], csv: [] as number[], all: [] as number[], first: [] as number[] };
    const growth: number[] = [];
    await lake.run('SELECT 1');
    for (let round = 0; round < rounds; round += 1) {
      const pid = running.pid ?? 0;
      const before = residentBytes(pid);
      forgetPeak(pid);
      times.lake.push((await lake.run(sql, 5)).firstPageMs);
      growth.push(peakBytes(pid) - before);
      times.csv.push((await bare.run({ type: 'csv', sql, file })).ms);
      times.first.push((await bare.run({ type: 'first', sql })).ms);
      await sleep(50);
      times.all.push((await bare.run({ type: 'all', sql: `CREATE OR REPLACE TEMP TABLE kept AS ${sql}` })).ms);
      await bare.run({ type: 'all', sql: 'DROP TABLE kept' });
    }
    const of = (key: keyof typeof times) => median(times[key]);
    const range = (key: keyof typeof times) =>
      `${of(key).toFixed(0)} ms (${Math.min(...times[key]).toFixed(0)}–${Math.max(...times[key]).toFixed(0)})`;
    console.log(`\n${name}: medians of ${rounds} rounds
  lake, first page                  ${range('lake')}, its process grew by ${(median(growth) / 1e6).toFixed(0)} MB at most ${(Math.max(...growth) / 1e6).toFixed(0)} MB
  bare engine, the same as CSV      ${range('csv')}  ${(of('lake') / of('csv')).toFixed(2)}×
  bare engine, all rows in memory   ${range('all')}  ${(of('lake') / of('all')).toFixed(2)}×
  bare engine, first row of a stream ${range('first')}  ${(of('lake') / of('first')).toFixed(2)}×`);
  }
  rmSync(file, { force: true });
}
