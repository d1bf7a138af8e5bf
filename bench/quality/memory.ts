import { readFileSync } from 'node:fs';
import type { LakeProcess } from '../../infra/local/testing/lake-process.ts';
import { forgetPeak, peakBytes } from '../measure.ts';
import type { LakeQueries } from '../query/lake-queries.ts';
import { runProfile } from './run-profile.ts';

const AIM_BYTES = 512 * 2 ** 20;
const SEQUENCE = 10_000;
const POLL_MS = 20;

const COLUMNS = [
  { name: 'id', type: 'bigint' },
  { name: 'amount', type: 'double' },
  { name: 'sold_at', type: 'timestamp' },
  { name: 'customer', type: 'string' },
  { name: 'town', type: 'string' },
];

/** The most memory that the engine's processes take while a large table is profiled; most of its values are different. */
export async function benchMemory(lake: LakeQueries, running: LakeProcess, rows: number): Promise<void> {
  const [ones, thousands] = [Math.min(rows, SEQUENCE), Math.max(1, Math.round(rows / SEQUENCE))];
  const location = `s3://${running.bucket('processed')}/bench/large/`;
  // A sequence has ten thousand items at most.
  await lake.run(
    `CREATE TABLE large WITH (format = 'PARQUET', external_location = '${location}') AS
    SELECT n AS id, (n * 7919 % 1000003) / 7E0 AS amount, date_add('second', n, TIMESTAMP '2020-01-01 00:00:00') AS sold_at,
      'customer ' || CAST(n % 30000000 AS varchar) AS customer, 'town ' || CAST(n % 500 AS varchar) AS town
    FROM (SELECT (a - 1) * ${ones} + b AS n FROM UNNEST(sequence(1, ${thousands})) AS t (a)
      CROSS JOIN UNNEST(sequence(1, ${ones})) AS u (b))`,
    POLL_MS,
  );
  const children = childrenOf(running.pid ?? 0);
  for (const child of children) forgetPeak(child);
  const peaks = new Map<number, number>();
  const watch = setInterval(() => {
    for (const child of childrenOf(running.pid ?? 0)) peaks.set(child, peakOf(child) ?? peaks.get(child) ?? 0);
  }, 50);
  const { ms, steps, figures } = await runProfile(lake, 'large', COLUMNS);
  clearInterval(watch);
  const most = Math.max(...peaks.values());
  console.log(`\nProfile of ${figures.rows.toLocaleString('en')} rows in ${(ms / 1000).toFixed(1)} s (${steps})`);
  console.log(
    `  the engine's largest process took ${(most / 2 ** 20).toFixed(0)} MB at most (aim ≤ ${AIM_BYTES / 2 ** 20} MB)`,
  );
  for (const { name, distinct, unique } of figures.columns)
    console.log(`  ${name}: about ${distinct} different values, ${unique ?? '?'} unique`);
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

/** Undefined for a process that is gone. */
function peakOf(pid: number): number | undefined {
  try {
    return peakBytes(pid);
  } catch {
    return undefined;
  }
}
